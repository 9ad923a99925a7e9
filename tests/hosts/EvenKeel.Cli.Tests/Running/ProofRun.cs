using System.Text.Json.Nodes;

namespace EvenKeel.Cli.Tests.Running;

/// <summary>What a proof left in its folder.</summary>
internal sealed class ProofRun
{
    private ProofRun(string folder)
    {
        Folder = folder;
        Result = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "result.json")))!;
        Report = File.ReadAllText(Path.Combine(folder, "report.html"));
    }

    public string Folder { get; }

    /// <summary><c>result.json</c>.</summary>
    public JsonNode Result { get; }

    /// <summary><c>report.html</c>.</summary>
    public string Report { get; }

    /// <summary>The newest run of a sandbox.</summary>
    public static ProofRun LatestOf(Sandbox sandbox) => new(Path.Combine(sandbox.State, "runs", "latest"));

    /// <summary>The status of a check of the first scenario.</summary>
    public string StatusOf(string check) => (string)Check(check)["status"]!;

    /// <summary>A check of the first scenario.</summary>
    public JsonNode Check(string name) => Result["scenarios"]![0]!["checks"]!.AsArray().Single(check => (string)check!["name"]! == name)!;
}
