using System.CommandLine;
using EvenKeel.Cli.Commands;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.RunFiles;
using EvenKeel.Cli.Signals;
using EvenKeel.Cli.Terminals;

var terminal = Terminal.OfProcess(TimeProvider.System);
using var signals = new EndSignals(terminal);
var context = new CommandContext(terminal, RunFolder.OfProcess(), TimeProvider.System) { Signals = signals };
var parsed = RootCommandFactory.Create(context).Parse(args);
if (parsed.Errors.Count > 0)
{
    return End(UsageErrors.Report(parsed, terminal));
}

var exit = ExitCode.Internal;
try
{
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    exit = (ExitCode)await parsed.InvokeAsync(configuration, signals.Token);
}
catch (Exception error)
{
    terminal.Error(
        new CommandException(ExitCode.Internal, "EK1001", $"{error.GetType().Name}: {error.Message}", "this is a mistake of the program; its trace follows"));
    terminal.ErrorLine(error.ToString());
}

// A signal that came while a verdict was reached does not hide the verdict.
return End(exit is ExitCode.Done or ExitCode.Interrupted ? signals.Exit ?? exit : exit);

int End(ExitCode code)
{
    if (code != ExitCode.Done)
    {
        terminal.ErrorLine($"evenkeel: exit {(int)code} ({ExitText.Of(code)})");
    }

    return (int)code;
}
