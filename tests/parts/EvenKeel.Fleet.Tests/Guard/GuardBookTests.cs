using EvenKeel.Fleet.Guard;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Tests.Guard;

public sealed class GuardBookTests
{
    private const string Marker = "0123456789abcdef0123456789abcdef";
    private readonly GuardBook book = new();

    [Fact]
    public void Sessions_are_added_replaced_and_removed()
    {
        Assert.True(book.Apply(GuardProtocol.Mark(Marker)));
        Assert.True(book.Apply(GuardProtocol.Add(10, 100, Marker)));
        Assert.True(book.Apply(GuardProtocol.Add(11, 101, Marker)));
        Assert.True(book.Apply(GuardProtocol.Add(10, 200, Marker)));
        Assert.True(book.Apply(GuardProtocol.Remove(11)));
        Assert.Equal([new SessionKey(10, 200, Marker)], book.Sessions);
        Assert.Equal([Marker], book.Markers);
        Assert.False(book.IsReleased);
        Assert.True(book.Apply(GuardProtocol.Bye));
        Assert.True(book.IsReleased);
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
        Assert.False(book.Apply(line));
        Assert.Empty(book.Sessions);
        Assert.Empty(book.Markers);
        Assert.False(book.IsReleased);
    }

    [Fact]
    public void No_more_sessions_are_recorded_than_the_limit()
    {
        for (int pid = 2; pid < GuardProtocol.RecordLimit + 2; pid++)
        {
            Assert.True(book.Apply(GuardProtocol.Add(pid, 1, Marker)));
        }

        Assert.False(book.Apply(GuardProtocol.Add(100_000, 1, Marker)));
        Assert.Equal(GuardProtocol.RecordLimit, book.Sessions.Count);
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
