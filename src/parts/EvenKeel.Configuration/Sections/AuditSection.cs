using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A program of the user that decides whether the service has what it acknowledged.</summary>
internal static class AuditSection
{
    private static readonly TimeSpan DefaultTimeout = new AuditOptions { Command = [], Directory = "" }.Timeout;

    private static readonly Key<IReadOnlyList<string>> Command = Key.Required(
        "command",
        new ShapeSchema<IReadOnlyList<string>> { Single = new CommandSchema(), List = new ListSchema<string>(Scalars.AnyText, "words", 1, 1000) },
        "The program and its arguments, as one line or as a list. It runs in no shell, in the file's folder. "
        + "Exit code 0 passes, 10 is a violation, any other is inconclusive.",
        "cmd", "run", "exec");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, string>>> Env = Key.Absent(
        "env", new MapSchema<string>(Scalars.AnyText, "variables", "a variable's name", "^[^= \t]+$", 0, 1000), "nothing is added",
        "Variables added to its environment.", "environment", "vars");

    private static readonly Key<TimeSpan> Timeout = Key.Optional("timeout", Scalars.Positive, DefaultTimeout,
        "Time after which it is ended, and has said nothing.");

    public static readonly ObjectSchema<AuditOptions> Schema = new(
        "audit", "A program that compares the ledger of the load with what the service has. Its environment says [where both are](../how-to/audit.md).",
        [Command, Env, Timeout],
        values => new AuditOptions
        {
            Command = values.Get(Command),
            Directory = values.Context.Directory,
            Environment = values.Find(Env)?.ToDictionary(StringComparer.Ordinal) ?? [],
            Timeout = values.Get(Timeout),
        });
}
