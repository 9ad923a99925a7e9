using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Tests.Endpoints;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.Transport.Loops;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.Tests.Loops;

public sealed class LoopWatchTests
{
    private readonly TestTime _time = new();
    private readonly LogLines _log = new();
    private readonly LoopWatch _watch;

    public LoopWatchTests() => _watch = new LoopWatch(_log, _time);

    [Fact]
    public async Task A_callback_that_keeps_a_loop_for_longer_than_fifty_milliseconds_is_told_with_its_name()
    {
        await using var group = TestTransport.Open(new LoopGroupOptions { Loops = 1, Time = _time, Observer = _watch });

        await RunAsync(group, () => _time.Advance(TimeSpan.FromMilliseconds(50)));
        Assert.Empty(_log.Lines);
        await RunAsync(group, () => _time.Advance(TimeSpan.FromMilliseconds(70)));
        await RunAsync(group, () => _time.Advance(TimeSpan.FromMilliseconds(60)));

        Assert.Equal(
            ["Warning: loop 0 was blocked for 70 ms by the callback 'posted'", "Warning: loop 0 was blocked for 60 ms by the callback 'posted'"], _log.Lines);
        Assert.Equal((2, TimeSpan.FromMilliseconds(70)), (_watch.Blocked, _watch.LongestBlock));
    }

    [Fact]
    public async Task A_callback_that_throws_is_told()
    {
        await using var group = TestTransport.Open(new LoopGroupOptions { Loops = 1, Time = _time, Observer = _watch });

        await RunAsync(group, () => throw new InvalidOperationException("boom"));

        Assert.Equal(["Error: loop 0: a callback threw; its connection was aborted (boom)"], _log.Lines);
        Assert.Equal(1, _watch.Failed);
    }

    [Fact]
    public async Task Paused_accepting_is_counted_each_time_and_told_once_in_a_while()
    {
        await using var group = TestTransport.Open(new LoopGroupOptions { Loops = 1, Time = _time });
        for (var i = 0; i < 20; i++)
        {
            _watch.OnAcceptPaused(group.Loops[0], TimeSpan.FromMilliseconds(100), "Too many open files (errno 24)");
        }

        Assert.Single(_log.Lines);
        Assert.Contains("Too many open files (errno 24). Raise the limit of open files", _log.Lines[0], StringComparison.Ordinal);
        _time.Advance(LoopWatch.LogInterval);
        _watch.OnAcceptPaused(group.Loops[0], TimeSpan.FromMilliseconds(100), "Too many open files (errno 24)");
        Assert.Equal(2, _log.Lines.Count);
        Assert.Equal(21, _watch.AcceptPauses);
    }

    // The second callback begins only when the first was judged.
    private static async Task RunAsync(LoopGroup group, Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        group.Loops[0].Post(state => ((Action)state!)(), action);
        group.Loops[0].Post(state => ((TaskCompletionSource)state!).SetResult(), done);
        await Deadline.Within(done.Task);
    }

    private sealed class LogLines : ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                {
                    return [.. _lines];
                }
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
            {
                _lines.Add($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.Message})")}");
            }
        }
    }
}
