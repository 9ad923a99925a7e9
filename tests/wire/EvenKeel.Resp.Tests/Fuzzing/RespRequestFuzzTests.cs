using System.Runtime.Versioning;
using EvenKeel.Fuzzing;

namespace EvenKeel.Resp.Tests.Fuzzing;

[SupportedOSPlatform("linux")]
public sealed class RespRequestFuzzTests
{
    [Fact]
    public void Damaged_requests() => FuzzTests.Short(new RespRequestTarget());

    [Fact]
    [Trait("Category", "Long")]
    public void Ten_minutes_of_both() => FuzzTests.Long(new RespRequestTarget(), new RespReplyTarget());
}
