namespace EvenKeel.Architecture.Tests.Purity;

/// <summary>What src/core must not use: I/O, tasks and threads, clocks, ambient randomness, the process around it.</summary>
internal static class ImpureMembers
{
    private static readonly string[] Namespaces = ["System.IO", "System.Net", "System.Threading.Tasks", "System.Data", "Microsoft.Extensions.Logging"];

    private static readonly HashSet<string> Types =
    [
        "System.Console", "System.Environment", "System.TimeProvider", "System.Threading.Thread", "System.Threading.ThreadPool",
        "System.Threading.Timer", "System.Threading.PeriodicTimer", "System.Diagnostics.Stopwatch", "System.Diagnostics.Process",
        "System.Security.Cryptography.RandomNumberGenerator",
    ];

    private static readonly HashSet<string> Members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.Random.get_Shared", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
    ];

    /// <summary>True for a type, written with its namespace.</summary>
    public static bool HasType(string type) =>
        Types.Contains(type) || Namespaces.Any(space => type.StartsWith(space + ".", StringComparison.Ordinal));

    /// <summary>True for a member of a type; <paramref name="parameters"/> tells Random's two constructors apart.</summary>
    public static bool HasMember(string type, string member, int parameters) =>
        HasType(type) || Members.Contains($"{type}.{member}") || (type == "System.Random" && member == ".ctor" && parameters == 0);
}
