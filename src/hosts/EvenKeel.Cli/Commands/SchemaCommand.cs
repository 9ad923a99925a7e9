using System.CommandLine;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Reference;

namespace EvenKeel.Cli.Commands;

/// <summary><c>schema</c>: the JSON Schema of the file, for editors; or one section of its reference.</summary>
internal static class SchemaCommand
{
    public static Command Create(CommandContext context)
    {
        var section = new Argument<string?>("SECTION") { Description = "Explain one section, such as service, instead.", Arity = ArgumentArity.ZeroOrOne };
        return new Command("schema", "Print the JSON Schema of evenkeel.yaml, or explain a section of it.").With(section).Does(context, (parsed, _) =>
        {
            if (parsed.GetValue(section) is not { } name)
            {
                context.Terminal.Line(SchemaWriter.WriteJson().TrimEnd());
                return Task.FromResult(ExitCode.Done);
            }

            var text = ReferenceWriter.WriteSection(name) ?? throw new CommandException(
                ExitCode.Usage, "EK1002", $"'{name}' is no section", $"sections are: {string.Join(", ", ReferenceWriter.Sections)}");
            context.Terminal.Line(text.TrimEnd());
            return Task.FromResult(ExitCode.Done);
        });
    }
}
