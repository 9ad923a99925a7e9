using System.CommandLine;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Reloading;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Cli.Commands;

/// <summary><c>gateway</c>: the gateway of a file alone, in front of servers that run elsewhere; in the foreground until it is told to end.</summary>
internal static class GatewayCommand
{
    public static Command Create(CommandContext context)
    {
        var file = CommonOptions.File();
        var config = CommonOptions.Config();
        var name = CommonOptions.Name();
        var quiet = CommonOptions.Quiet();
        return new Command("gateway", "Run the gateway of a file alone, in front of servers that run elsewhere.")
            .With(file, config, name, quiet)
            .Does(context, async (parsed, cancellation) =>
            {
                context.Terminal.Quiet = parsed.GetValue(quiet);
                var source = new ClusterSource(context, parsed.GetValue(file), parsed.GetValue(config), RefuseWhatIsStarted);
                var asked = await new ClusterHost(context, source, parsed.GetValue(name) ?? source.Options.Name).RunAsync((running, _) =>
                {
                    PsCommand.Print(context, running.View());
                    return Task.CompletedTask;
                }, cancellation);
                return asked ? ExitCode.Done : ExitCode.Interrupted;
            });
    }

    /// <summary>A gateway alone starts nothing: a command that is not run would be a service without a server.</summary>
    /// <exception cref="CommandException">The file wants something started.</exception>
    private static ClusterOptions RefuseWhatIsStarted(ClusterOptions options)
    {
        if (options.Services.FirstOrDefault(service => !service.IsExternal) is { } own)
        {
            throw new CommandException(ExitCode.Configuration, "EK3012", $"'{own.Name}' has a command, and a gateway alone starts nothing",
                "give the service addresses, or run the whole cluster with 'evenkeel up'");
        }

        if (options.State is { Connection: null })
        {
            throw new CommandException(ExitCode.Configuration, "EK3012", "the section 'state' wants a state node, and a gateway alone starts nothing",
                "remove the section, or run the whole cluster with 'evenkeel up'");
        }

        return options;
    }
}
