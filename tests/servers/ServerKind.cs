namespace EvenKeel.TestServers;

/// <summary>The RESP servers that tests run against.</summary>
public enum ServerKind
{
    /// <summary>A real redis-server.</summary>
    Redis = 0,

    /// <summary>The embedded state node.</summary>
    Node = 1,
}
