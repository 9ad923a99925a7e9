using System.CommandLine;

namespace EvenKeel.Cli.Commands;

/// <summary>The flags that mean the same wherever they occur. Each call makes a new one, as a flag belongs to one command.</summary>
internal static class CommonOptions
{
    public static Option<string?> Name() =>
        new("--name") { Description = "The cluster's name. Default: the only one that runs here, or the file's name for it." };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead of a table." };

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "No progress on standard error." };

    public static Option<FileInfo?> Config() =>
        new("--config", "-c") { Description = "The configuration file. Default: evenkeel.yaml or evenkeel.yml in this folder." };

    public static Argument<FileInfo?> File() => new("FILE")
    {
        Description = "The configuration file. Default: evenkeel.yaml or evenkeel.yml in this folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Argument<string[]> Instances(string action) => new("INSTANCE")
    {
        Description = $"The instances to {action}, such as web-2.",
        Arity = ArgumentArity.OneOrMore,
    };
}
