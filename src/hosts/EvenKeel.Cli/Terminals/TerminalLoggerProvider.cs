using Microsoft.Extensions.Logging;

namespace EvenKeel.Cli.Terminals;

/// <summary>Shows what the parts log as lines of progress.</summary>
internal sealed class TerminalLoggerProvider(Terminal terminal) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new TerminalLogger(terminal, categoryName);

    public void Dispose()
    {
    }
}
