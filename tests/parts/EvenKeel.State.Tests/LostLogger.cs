using Microsoft.Extensions.Logging;

namespace EvenKeel.State.Tests;

/// <summary>Tells when a client says that it lost its server to silence.</summary>
internal sealed class LostLogger : ILogger
{
    private readonly TaskCompletionSource _shared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _subscriber = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task SharedLost => _shared.Task;

    public Task SubscriberLost => _subscriber.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception).Contains("did not answer PING", StringComparison.Ordinal))
        {
            (eventId.Id == 4002 ? _shared : _subscriber).TrySetResult();
        }
    }
}
