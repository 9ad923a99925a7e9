using System.Runtime.Versioning;
using EvenKeel.Fuzzing;

namespace EvenKeel.Proxying.Tests.Fuzzing;

[SupportedOSPlatform("linux")]
public sealed class ProxyHeaderFuzzTests
{
    [Fact]
    public void Damaged_PROXY_headers() => FuzzTests.Short(new ProxyHeaderTarget());

    [Fact]
    [Trait("Category", "Long")]
    public void Ten_minutes_of_both() => FuzzTests.Long(new ProxyHeaderTarget(), new ClientHelloTarget());
}
