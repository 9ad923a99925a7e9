using EvenKeel.Fleet.Logs;

namespace EvenKeel.Fleet.Tests.Logs;

public sealed class LogFeedTests
{
    private readonly LogFeed _feed = new();

    [Fact]
    public async Task A_reader_gets_the_lines_since_it_subscribed()
    {
        _feed.Publish(Line("web-1", "before"));
        var lines = _feed.Follow([], TestContext.Current.CancellationToken);
        _feed.Publish(Line("web-1", "a"));
        _feed.Publish(Line("web-2", "b"));
        _feed.Close();

        Assert.Equal(["a", "b"], await TextsAsync(lines));
    }

    [Fact]
    public async Task A_reader_of_some_instances_gets_only_theirs()
    {
        var lines = _feed.Follow(["web-2"], TestContext.Current.CancellationToken);
        _feed.Publish(Line("web-1", "a"));
        _feed.Publish(Line("web-2", "b"));
        _feed.Close();

        Assert.Equal(["b"], await TextsAsync(lines));
    }

    [Fact]
    public async Task A_slow_reader_misses_lines_and_is_told_how_many_while_a_quick_one_gets_all()
    {
        var slow = _feed.Follow([], TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        for (var i = 0; i < LogFeed.ReaderLimit + 10; i++)
        {
            _feed.Publish(Line("web-1", $"{i}"));
        }

        Assert.True(await slow.MoveNextAsync());
        _feed.Publish(Line("web-1", "after"));
        _feed.Close();

        LogLine? last = null;
        while (await slow.MoveNextAsync())
        {
            last = slow.Current;
        }

        Assert.Equal(("after", 10), (last?.Text, last?.MissedBefore ?? 0));
    }

    [Fact]
    public async Task A_reader_after_the_end_gets_nothing()
    {
        _feed.Close();

        Assert.Empty(await TextsAsync(_feed.Follow([], TestContext.Current.CancellationToken)));
    }

    private static LogLine Line(string instance, string text) => new(default, "web", instance, 1, false, text);

    private static async Task<List<string>> TextsAsync(IAsyncEnumerable<LogLine> lines)
    {
        List<string> texts = [];
        await foreach (var line in lines)
        {
            texts.Add(line.Text);
        }

        return texts;
    }
}
