#pragma warning disable RS0030 // Planted: the rule over assemblies must find these by itself.
namespace EvenKeel.Architecture.Tests.Planted;

internal static class ImpureDecision
{
    public static string ByFile() => File.ReadAllText("decision");

    public static bool ByClock() => DateTime.UtcNow.Hour > 12;

    public static int ByChance() => new Random().Next() + Random.Shared.Next();

    public static int BySeed(Random random) => random.Next();

    public static Task Later(Action decision) => Task.Run(decision);

    public static string ByMachine() => Environment.MachineName;

    public static int ByThread() => Environment.CurrentManagedThreadId;

    public static IEnumerable<int> OneByOne(int from)
    {
        yield return from;
        yield return from + 1;
    }
}
