using System.Runtime.Versioning;
using EvenKeel.Fuzzing;

namespace EvenKeel.Http.Tests.Fuzzing;

[SupportedOSPlatform("linux")]
public sealed class HttpResponseFuzzTests
{
    [Fact]
    public void Damaged_responses() => FuzzTests.Short(new HttpResponseTarget());
}
