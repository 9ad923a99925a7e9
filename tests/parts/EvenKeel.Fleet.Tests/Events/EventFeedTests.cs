using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Fleet.Tests.Events;

public sealed class EventFeedTests
{
    private readonly Recorder _recorder = new();

    [Fact]
    public async Task Readers_get_numbered_events_from_their_subscription_on_after_the_flush()
    {
        var feed = Feed(_recorder);
        feed.Publish(new InstanceUnready("a"));
        feed.Flush();
        var watch = feed.Watch(TestContext.Current.CancellationToken);
        feed.Publish(new InstanceUnready("b"));
        Assert.Single(_recorder.Events);
        feed.Flush();
        feed.Close();

        var happened = Assert.Single(await watch.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, happened.Sequence);
        Assert.Equal([1L, 2L], _recorder.Events.Select(each => each.Sequence));
    }

    [Fact]
    public async Task A_slow_reader_is_told_how_many_it_missed_and_the_recorder_misses_none()
    {
        var feed = Feed(_recorder);
        var watch = feed.Watch(TestContext.Current.CancellationToken);
        const int Total = EventFeed.ReaderLimit + 7;
        for (var i = 0; i < Total; i++)
        {
            feed.Publish(new InstanceUnready($"{i}"));
            feed.Flush();
        }

        feed.Close();

        var seen = await watch.ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(7, Assert.IsType<EventsMissed>(seen[0]).Count);
        Assert.Equal(EventFeed.ReaderLimit + 1, seen.Count);
        Assert.Equal(Total, _recorder.Events.Count);
    }

    [Fact]
    public void A_recorder_that_throws_does_not_stop_the_fleet()
    {
        var feed = Feed(new Broken());

        feed.Publish(new InstanceUnready("a"));
        feed.Flush();
    }

    private static EventFeed Feed(IFleetRecorder recorder) => new(new FakeTimeProvider(), NullLogger.Instance, recorder);

    private sealed class Broken : IFleetRecorder
    {
        public void Record(FleetEvent happened) => throw new IOException("disk full");
    }
}
