using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Tests.Faults;

public sealed class HttpFaultsTests
{
    [Fact]
    public void Every_fault_has_a_status_a_stage_and_a_sentence()
    {
        var sentences = new HashSet<string>();
        foreach (var fault in Enum.GetValues<HttpFault>().Except([HttpFault.None]))
        {
            Assert.Contains(HttpFaults.StatusOf(fault), new[] { 400, 413, 414, 431, 501, 505 });
            Assert.Contains(HttpFaults.StageOf(fault), new[] { "start-line", "target", "host", "fields", "framing", "body" });
            Assert.EndsWith(".", HttpFaults.Describe(fault), StringComparison.Ordinal);
            Assert.True(sentences.Add(HttpFaults.Describe(fault)), $"{fault} shares its sentence.");
        }
    }

    [Theory]
    [InlineData(HttpFault.MethodInvalid, "start-line")]
    [InlineData(HttpFault.VersionNotSupported, "start-line")]
    [InlineData(HttpFault.StatusInvalid, "start-line")]
    [InlineData(HttpFault.ConnectNotSupported, "target")]
    [InlineData(HttpFault.HostRepeated, "host")]
    [InlineData(HttpFault.ObsoleteFold, "fields")]
    [InlineData(HttpFault.TransferEncodingInvalid, "framing")]
    [InlineData(HttpFault.ChunkSizeInvalid, "body")]
    [InlineData(HttpFault.BodyTooLarge, "body")]
    public void A_fault_stands_in_its_stage(HttpFault fault, string stage) => Assert.Equal(stage, HttpFaults.StageOf(fault));
}
