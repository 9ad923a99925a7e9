namespace EvenKeel.Cli.Clusters;

/// <summary>The command line that runs this program again, with another verb.</summary>
internal static class SelfCommand
{
    public static IReadOnlyList<string> With(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The system does not tell which program this process runs.");
        var assembly = Path.Combine(AppContext.BaseDirectory, "evenkeel.dll");
        var isHost = string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost ? [program, assembly, .. arguments] : [program, .. arguments];
    }
}
