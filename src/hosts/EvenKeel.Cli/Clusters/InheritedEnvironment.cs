using System.Collections;

namespace EvenKeel.Cli.Clusters;

/// <summary>The environment of this process, as instances inherit it.</summary>
internal static class InheritedEnvironment
{
    public static IReadOnlyDictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
