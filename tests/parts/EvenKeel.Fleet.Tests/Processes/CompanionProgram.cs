using System.Collections;

namespace EvenKeel.Fleet.Tests.Processes;

/// <summary>The program of EvenKeel.Fleet.TestProgram, which the build puts beside the tests.</summary>
internal static class CompanionProgram
{
    public static string Executable => Path.Combine(AppContext.BaseDirectory, "EvenKeel.Fleet.TestProgram");

    /// <summary>All variables of this process, so that the runtime is found where this one was.</summary>
    public static Dictionary<string, string> Environment { get; } = System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
