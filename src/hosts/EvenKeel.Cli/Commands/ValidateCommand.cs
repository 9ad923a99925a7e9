using System.CommandLine;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Cli.Commands;

/// <summary><c>validate</c>: everything that is wrong with a file, at once.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandContext context)
    {
        var file = CommonOptions.File();
        var config = CommonOptions.Config();
        var origin = new Option<bool>("--show-origin") { Description = "Print every value and where it comes from." };
        return new Command("validate", "Check a configuration file.").With(file, config, origin).Does(context, (parsed, _) =>
        {
            var result = Configurations.Read(parsed.GetValue(file), parsed.GetValue(config));
            if (result.Cluster is null)
            {
                context.Terminal.ErrorLine(DiagnosticRenderer.Render(result.Diagnostics).TrimEnd());
                return Task.FromResult(ExitCode.Configuration);
            }

            if (parsed.GetValue(origin))
            {
                context.Terminal.Table(
                    ["KEY", "VALUE", "FROM"],
                    result.Origins.Select(value => (IReadOnlyList<string>)[value.Path, value.Value, Origin(value)]));
                return Task.FromResult(ExitCode.Done);
            }

            context.Terminal.Line($"{Path.GetRelativePath(Environment.CurrentDirectory, result.Cluster.File)} is valid");
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static string Origin(ValueOrigin value) => value.Kind switch
    {
        OriginKind.Default => "default",
        OriginKind.Variables => string.Join(", ", value.Variables.Select(name => $"${name}")),
        _ => $"line {value.Span?.Line}",
    };
}
