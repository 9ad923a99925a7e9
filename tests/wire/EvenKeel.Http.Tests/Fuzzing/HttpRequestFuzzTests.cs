using System.Runtime.Versioning;
using EvenKeel.Fuzzing;

namespace EvenKeel.Http.Tests.Fuzzing;

[SupportedOSPlatform("linux")]
public sealed class HttpRequestFuzzTests
{
    [Fact]
    public void Damaged_requests() => FuzzTests.Short(new HttpRequestTarget());

    [Fact]
    [Trait("Category", "Long")]
    public void Ten_minutes_of_both() => FuzzTests.Long(new HttpRequestTarget(), new HttpResponseTarget());
}
