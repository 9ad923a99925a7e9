using System.Runtime.Versioning;
using EvenKeel.Fuzzing;

namespace EvenKeel.Proxying.Tests.Fuzzing;

[SupportedOSPlatform("linux")]
public sealed class ClientHelloFuzzTests
{
    [Fact]
    public void Damaged_ClientHellos() => FuzzTests.Short(new ClientHelloTarget());
}
