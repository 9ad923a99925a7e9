using System.Globalization;
using EvenKeel.Cli.Exits;
using Spectre.Console;

namespace EvenKeel.Cli.Terminals;

/// <summary>
/// Where a command writes: results to standard output, progress and errors to standard error. Without a terminal there are no colours and
/// no cursor movement, whatever TERM says.
/// </summary>
internal sealed class Terminal(TextWriter output, TextWriter error, TimeProvider time, bool colors)
{
    private readonly Lock _writing = new();

    public TextWriter Output { get; } = output;

    /// <summary>True for <c>--quiet</c>: no progress, only results and errors.</summary>
    public bool Quiet { get; set; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess(TimeProvider time)
    {
        var colors = !Console.IsErrorRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new Terminal(Console.Out, Console.Error, time, colors);
    }

    /// <summary>One line of a result.</summary>
    public void Line(string text = "")
    {
        lock (_writing)
        {
            Output.WriteLine(text);
        }
    }

    /// <summary>One line of progress, with the time of day.</summary>
    public void Progress(string text)
    {
        if (!Quiet)
        {
            ErrorLine($"{time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}  {text}");
        }
    }

    /// <summary>One line that is neither result nor progress: an error or a hint.</summary>
    public void ErrorLine(string text)
    {
        lock (_writing)
        {
            error.WriteLine(text);
        }
    }

    /// <summary>An error in the form that all commands share.</summary>
    public void Error(CommandException problem)
    {
        var heading = $"error {problem.Code}:";
        ErrorLine($"{(colors ? $"\e[1;31m{heading}\e[0m" : heading)} {problem.Message}");
        if (problem.Help is not null)
        {
            ErrorLine($"help: {problem.Help}");
        }
    }

    /// <summary>A table without lines, as wide as its contents.</summary>
    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 400;
        var table = new Table().NoBorder();
        foreach (var head in heads)
        {
            table.AddColumn(new TableColumn(new Text(head)) { NoWrap = true });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            Line("  " + line.TrimEnd());
        }
    }
}
