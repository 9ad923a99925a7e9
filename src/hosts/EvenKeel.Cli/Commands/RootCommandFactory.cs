using System.CommandLine;

namespace EvenKeel.Cli.Commands;

/// <summary>The whole command line.</summary>
internal static class RootCommandFactory
{
    public static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand("EvenKeel takes a web service from one instance to many and proves that nothing breaks.");
        Command[] commands =
        [
            DemoCommand.Create(context),
            InitCommand.Create(context),
            ProveCommand.Create(context),
            LoadCommand.Create(context),
            UpCommand.Create(context),
            GatewayCommand.Create(context),
            ReloadCommand.Create(context),
            DownCommand.Create(context),
            PsCommand.Create(context),
            LogsCommand.Create(context),
            ScaleCommand.Create(context),
            .. InstanceCommands.Create(context),
            .. DrainCommands.Create(context),
            StateCommand.Create(context),
            ValidateCommand.Create(context),
            SchemaCommand.Create(context),
            SuperviseCommand.Create(context),
            GuardianCommand.Create(context),
        ];
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        return root;
    }
}
