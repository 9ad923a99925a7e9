using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.Tests.Health;

/// <summary>Keeps what is logged, as "Level message".</summary>
internal sealed class HealthLines : ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _lines.Enqueue($"{logLevel} {formatter(state, exception)}");
}
