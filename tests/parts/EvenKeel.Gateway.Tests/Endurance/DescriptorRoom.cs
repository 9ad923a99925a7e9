namespace EvenKeel.Gateway.Tests.Endurance;

/// <summary>How many files and sockets this process may have open; the runtime has raised it as far as it may.</summary>
internal static class DescriptorRoom
{
    public static bool Has(int count)
    {
        var line = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            : "";
        var soft = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        return soft == "unlimited" || (long.TryParse(soft, out var limit) && limit >= count);
    }
}
