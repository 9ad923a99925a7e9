using System.Text.RegularExpressions;

namespace EvenKeel.Architecture.Tests.References;

/// <summary>References point down only: core below wire below parts below hosts; sideways only where the list of edges allows it.</summary>
internal static partial class ProjectEdges
{
    /// <summary>The edges inside a room, and from services into the house. A new one is a decision (docs/decisions).</summary>
    private static readonly HashSet<(string From, string To)> Allowed =
    [
        ("EvenKeel.Gateway", "EvenKeel.Configuration"),
        ("EvenKeel.Fleet", "EvenKeel.Configuration"),
        ("EvenKeel.Proof", "EvenKeel.Configuration"),
        ("EvenKeel.Telemetry", "EvenKeel.Gateway"),
        ("EvenKeel.Locks", "EvenKeel.State"),
        ("Albums", "EvenKeel.State"),
        ("Metering", "EvenKeel.State"),
        ("Metering", "EvenKeel.Hosting"),
        ("Metering", "EvenKeel.Locks"),
        ("Metering", "EvenKeel.Windows"),
    ];

    private static readonly string[] Rooms = ["src/core/", "src/wire/", "src/parts/", "src/hosts/"];

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        foreach (var file in tree.Files(".csproj")
            .Where(file => !file.StartsWith("tests/", StringComparison.Ordinal) && !file.StartsWith("benchmarks/", StringComparison.Ordinal)))
        {
            var lines = tree.Lines(file);
            for (var i = 0; i < lines.Length; i++)
            {
                if (Reference().Match(lines[i]) is { Success: true } match && Complaint(file, match.Groups["to"].Value.Replace('\\', '/')) is { } complaint)
                {
                    yield return new Finding(file, i + 1, complaint);
                }
            }
        }
    }

    private static string? Complaint(string file, string target)
    {
        var to = target.Replace("$(RepositoryRoot)", "", StringComparison.Ordinal);
        var fromName = Path.GetFileNameWithoutExtension(file);
        var toName = Path.GetFileNameWithoutExtension(to);
        if (Allowed.Contains((fromName, toName)))
        {
            return null;
        }

        int fromRoom = Room(file), toRoom = Room(to);
        if (file.StartsWith("services/", StringComparison.Ordinal))
        {
            return $"the service {fromName} must not use {toName}: services use only Hosting, State, Locks and Windows";
        }

        if (toRoom < 0 || fromRoom < 0)
        {
            return $"{to} is in no room of the house";
        }

        return toRoom < fromRoom ? null
            : toRoom == fromRoom ? $"{fromName} must not know {toName}: both are in {Rooms[toRoom]} and the edge is not in the list"
            : $"{fromName} must not know {toName}: {Rooms[toRoom]} is above {Rooms[fromRoom]}";
    }

    private static int Room(string file) => Array.FindIndex(Rooms, room => file.StartsWith(room, StringComparison.Ordinal));

    [GeneratedRegex("<ProjectReference Include=\"(?<to>[^\"]+)\"")]
    private static partial Regex Reference();
}
