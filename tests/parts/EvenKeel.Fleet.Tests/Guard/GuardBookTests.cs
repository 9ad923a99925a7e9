using EvenKeel.Fleet.Guard;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Tests.Guard;

public sealed class GuardBookTests
{
    private const string Marker = "0123456789abcdef0123456789abcdef";
    private readonly GuardBook _book = new();

    [Fact]
    public void Sessions_are_added_replaced_and_removed()
    {
        Assert.True(_book.Apply(GuardProtocol.Mark(Marker)));
        Assert.True(_book.Apply(GuardProtocol.Add(10, 100, Marker)));
        Assert.True(_book.Apply(GuardProtocol.Add(11, 101, Marker)));
        Assert.True(_book.Apply(GuardProtocol.Add(10, 200, Marker)));
        Assert.True(_book.Apply(GuardProtocol.Remove(11)));
        Assert.Equal([new SessionKey(10, 200, Marker)], _book.Sessions);
        Assert.Equal([Marker], _book.Markers);
        Assert.False(_book.IsReleased);
        Assert.True(_book.Apply(GuardProtocol.Bye));
        Assert.True(_book.IsReleased);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mark")]
    [InlineData("mark ../../etc")]
    [InlineData("add 10 100")]
    [InlineData("add 0 100 " + Marker)]
    [InlineData("add 1 100 " + Marker)]
    [InlineData("add -10 100 " + Marker)]
    [InlineData("add 10 x " + Marker)]
    [InlineData("add 10 100 MARKER")]
    [InlineData("remove all")]
    [InlineData("bye bye")]
    public void What_is_not_of_the_grammar_is_left_out(string line)
    {
        Assert.False(_book.Apply(line));
        Assert.Empty(_book.Sessions);
        Assert.Empty(_book.Markers);
        Assert.False(_book.IsReleased);
    }

    [Fact]
    public void No_more_sessions_are_recorded_than_the_limit()
    {
        for (int pid = 2; pid < GuardProtocol.RecordLimit + 2; pid++)
        {
            Assert.True(_book.Apply(GuardProtocol.Add(pid, 1, Marker)));
        }

        Assert.False(_book.Apply(GuardProtocol.Add(100_000, 1, Marker)));
        Assert.Equal(GuardProtocol.RecordLimit, _book.Sessions.Count);
    }

    [Fact]
    public void All_records_and_a_marker_fit_into_a_pipe_and_each_line_is_written_whole()
    {
        const int pipe = 65536, atomic = 4096;
        int line = GuardProtocol.Add(int.MaxValue, long.MaxValue, Marker).Length + 1;
        Assert.InRange(line, 1, Math.Min(atomic, GuardProtocol.LineLimit));
        Assert.InRange((line * GuardProtocol.RecordLimit) + GuardProtocol.Mark(Marker).Length + 1, 1, pipe);
    }
}
