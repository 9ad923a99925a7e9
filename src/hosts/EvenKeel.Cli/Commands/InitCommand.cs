using System.CommandLine;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Init;

namespace EvenKeel.Cli.Commands;

/// <summary><c>init</c>: run a service once, ask it what a proof has to know, and write a first file.</summary>
internal static class InitCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Option<string>("--command")
        {
            Description = "How one instance is started. It must listen on the port in the variable PORT.",
            Required = true,
        };
        var add = new Option<string>("--add") { Description = "The request that adds an element, such as 'POST /things'.", Required = true };
        var list = new Option<string>("--list") { Description = "The request that lists all elements, such as 'GET /things'.", Required = true };
        var body = new Option<string?>("--body") { Description = "The body of the add request, with {value} in it. Default: found by asking." };
        var instances = new Option<int>("--instances", "-n") { Description = "How many instances to run.", DefaultValueFactory = _ => 2 };
        var variables = new Option<string[]>("--env") { Description = "NAME=VALUE for the instances; repeatable.", DefaultValueFactory = _ => [] };
        var output = new Option<FileInfo>("--output", "-o") { Description = "The file to write.", DefaultValueFactory = _ => new FileInfo("evenkeel.yaml") };
        var force = new Option<bool>("--force") { Description = "Write over a file that is there." };
        return new Command("init", "Ask a service what a proof has to know, and write a first evenkeel.yaml.")
            .With(command, add, list, body, instances, variables, output, force).Does(context, async (parsed, cancellation) =>
            {
                var request = new InitRequest
                {
                    Command = parsed.GetValue(command)!,
                    Add = RequestLine(parsed.GetValue(add)!, "--add"),
                    List = RequestLine(parsed.GetValue(list)!, "--list"),
                    Body = parsed.GetValue(body),
                    Instances = parsed.GetValue(instances) is var count and >= 1 and <= 100
                        ? count
                        : throw new CommandException(ExitCode.Usage, "EK1002", "--instances must be 1 to 100"),
                    Environment = Variables(parsed.GetValue(variables)!),
                    Output = parsed.GetValue(output)!,
                };
                if (request.Output.Exists && !parsed.GetValue(force))
                {
                    throw new CommandException(
                        ExitCode.Usage,
                        "EK1005",
                        $"{request.Output} is there already",
                        "write over it with --force, or choose another file with --output");
                }

                await new InitSession(context, request).RunAsync(cancellation);
                return ExitCode.Done;
            });
    }

    private static (string Method, string Path) RequestLine(string text, string flag)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 && parts[0].All(char.IsAsciiLetterUpper) && parts[1].StartsWith('/')
            ? (parts[0], parts[1])
            : throw new CommandException(ExitCode.Usage, "EK1002", $"{flag} '{text}' is no request", "give method and path, such as 'POST /things'");
    }

    private static Dictionary<string, string> Variables(IEnumerable<string> texts) => texts
        .Select(text => text.Split('=', 2) is [{ Length: > 0 } name, var value]
            ? (name, value)
            : throw new CommandException(ExitCode.Usage, "EK1002", $"--env '{text}' is not of the form NAME=VALUE"))
        .GroupBy(variable => variable.name)
        .ToDictionary(group => group.Key, group => group.Last().value);
}
