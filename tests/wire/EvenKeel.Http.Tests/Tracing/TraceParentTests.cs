using System.Text;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Tracing;

namespace EvenKeel.Http.Tests.Tracing;

/// <summary>Values and verdicts after W3C Trace Context, sections 3.2 (traceparent) and 4.3 (versioning).</summary>
public sealed class TraceParentTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";

    [Theory]
    [InlineData($"00-{Trace}-{Parent}-01", 1)]
    [InlineData($"00-{Trace}-{Parent}-00", 0)]
    [InlineData($"00-{Trace}-{Parent}-03", 3)]
    [InlineData($"00-{Trace}-{Parent}-ff", 3)]
    [InlineData($"00-{Trace}-{Parent}-08", 0)]
    [InlineData($"01-{Trace}-{Parent}-01", 1)]
    [InlineData($"cc-{Trace}-{Parent}-01-what-the-future-will-be-like", 1)]
    [InlineData($"cc-{Trace}-{Parent}-01-", 1)]
    public void A_valid_value_is_written_again_in_version_00_with_the_flags_that_are_known(string value, byte flags)
    {
        Assert.True(TraceParent.TryParse(Encoding.ASCII.GetBytes(value), out var parent));
        var text = new byte[100];
        var writer = new ByteWriter(text);
        parent.Write(ref writer);
        Assert.Equal($"00-{Trace}-{Parent}-{flags:x2}", Encoding.ASCII.GetString(text, 0, writer.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData($"ff-{Trace}-{Parent}-01")]
    [InlineData($"0-{Trace}-{Parent}-01")]
    [InlineData($".0-{Trace}-{Parent}-01")]
    [InlineData($"0A-{Trace}-{Parent}-01")]
    [InlineData($"00-{Trace}-{Parent}-01-")]
    [InlineData($"00-{Trace}-{Parent}-01-more")]
    [InlineData($"cc-{Trace}-{Parent}-01.more")]
    [InlineData($"00-{Trace}-{Parent}-1")]
    [InlineData($"00-{Trace}-{Parent}-0.")]
    [InlineData($"00-{Trace}-{Parent}-0F")]
    [InlineData($"00-{Trace}-{Parent}")]
    [InlineData($"00-{Trace}")]
    [InlineData($"00-00000000000000000000000000000000-{Parent}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    [InlineData($"00-4BF92F3577B34DA6A3CE929D0E0E4736-{Parent}-01")]
    [InlineData($"00-{Trace}-00F067AA0BA902B7-01")]
    [InlineData($"00-4bf92f3577b34da6a3ce929d0e0e473-{Parent}-01")]
    [InlineData($"00-.bf92f3577b34da6a3ce929d0e0e4736-{Parent}-01")]
    [InlineData($"00-{Trace}-00f067aa0ba902b-01")]
    [InlineData($"00-{Trace}-.0f067aa0ba902b7-01")]
    [InlineData($"00_{Trace}_{Parent}_01")]
    [InlineData($"00-{Trace}-{Parent}_01")]
    [InlineData($"00-{Trace}_{Parent}-01")]
    public void A_value_that_is_not_valid_is_refused(string value)
        => Assert.False(TraceParent.TryParse(Encoding.ASCII.GetBytes(value), out _), value);
}
