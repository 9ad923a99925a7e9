namespace EvenKeel.Configuration.Model;

/// <summary>What a service of a kind adds: a server that the fleet sets up by itself.</summary>
public sealed record ServerOptions
{
    /// <summary>Which server.</summary>
    public required ServerKind Kind { get; init; }

    /// <summary>The absolute path of the program, or null to look where packages put it.</summary>
    public string? Program { get; init; }

    /// <summary>The services whose instances it balances (nginx) or scrapes (Prometheus), in the order of the file.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The absolute path of a template of its configuration, or null for the built-in one.</summary>
    public string? Template { get; init; }

    /// <summary>Settings by the server's own names, passed on its command line (PostgreSQL, Redis).</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
