using Microsoft.Extensions.Logging;

namespace EvenKeel.Cli.Terminals;

/// <summary>One part's log on the terminal.</summary>
internal sealed class TerminalLogger(Terminal terminal, string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
        terminal.Progress($"{logLevel.ToString().ToLowerInvariant()} {category}: {formatter(state, exception)}{cause}");
    }
}
