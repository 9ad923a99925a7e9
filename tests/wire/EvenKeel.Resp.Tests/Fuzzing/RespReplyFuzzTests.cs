using System.Runtime.Versioning;
using EvenKeel.Fuzzing;

namespace EvenKeel.Resp.Tests.Fuzzing;

[SupportedOSPlatform("linux")]
public sealed class RespReplyFuzzTests
{
    [Fact]
    public void Damaged_replies() => FuzzTests.Short(new RespReplyTarget());
}
