namespace EvenKeel.Cli.Init;

/// <summary>What the user of <c>init</c> said.</summary>
internal sealed record InitRequest
{
    public required string Command { get; init; }

    public required (string Method, string Path) Add { get; init; }

    public required (string Method, string Path) List { get; init; }

    public string? Body { get; init; }

    public int Instances { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required FileInfo Output { get; init; }
}
