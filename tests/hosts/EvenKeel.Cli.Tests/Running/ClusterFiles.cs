namespace EvenKeel.Cli.Tests.Running;

/// <summary>Configuration files for clusters of the small test server, which starts fast and misbehaves on request.</summary>
internal static class ClusterFiles
{
    /// <summary>A cluster of one service, <c>web</c>.</summary>
    /// <param name="name">The cluster's name.</param>
    /// <param name="words">What the server shall do, such as <c>crash 3</c>.</param>
    /// <param name="more">More keys of the service, one on a line.</param>
    /// <param name="gateway">The address for clients, or null for any.</param>
    public static string Of(string name, string words = "", string more = "instances: 2", string? gateway = null) => $"""
        version: 1
        name: {name}
        services:
          web:
            command: dotnet {BuiltPrograms.TestServer} {words}
            health: {(words.Length == 0 ? "{ ready: /ready, interval: 100ms }" : "{ ready: /ready, interval: 100ms, start: 3s }")}
            {more}
        {(gateway is null ? "" : $"gateway: {{ listen: {gateway} }}")}
        """;
}
