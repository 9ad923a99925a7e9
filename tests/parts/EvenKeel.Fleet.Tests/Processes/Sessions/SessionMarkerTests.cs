using System.Text;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Tests.Processes.Sessions;

public sealed class SessionMarkerTests
{
    [Fact]
    public void A_marker_is_appended_to_the_one_that_a_supervisor_was_itself_given()
    {
        string outer = SessionMarker.Draw();
        string inner = SessionMarker.Draw();
        Dictionary<string, string> once = SessionMarker.Mark(new Dictionary<string, string> { ["A"] = "1" }, outer);
        Dictionary<string, string> twice = SessionMarker.Mark(once, inner);
        Assert.Equal(outer, once[SessionMarker.Variable]);
        Assert.Equal($"{outer}/{inner}", twice[SessionMarker.Variable]);
        Assert.Equal("1", twice["A"]);
    }

    [Fact]
    public void It_is_read_from_an_environment_block() =>
        Assert.Equal(["one", "two"], SessionMarker.Parse(Encoding.ASCII.GetBytes("A=EVENKEEL_SESSION=no\0EVENKEEL_SESSION=one/two\0B=2\0")));

    [Theory]
    [InlineData("")]
    [InlineData("A=1\0NOT_EVENKEEL_SESSION=one\0")]
    [InlineData("EVENKEEL_SESSIONS=one\0")]
    public void Blocks_without_it_hold_none(string block) => Assert.Empty(SessionMarker.Parse(Encoding.ASCII.GetBytes(block)));

    [Fact]
    public void Drawn_ids_are_valid_and_differ()
    {
        Assert.True(SessionMarker.IsValid(SessionMarker.Draw()));
        Assert.NotEqual(SessionMarker.Draw(), SessionMarker.Draw());
        Assert.False(SessionMarker.IsValid("../" + SessionMarker.Draw()[3..]));
        Assert.False(SessionMarker.IsValid(""));
    }
}
