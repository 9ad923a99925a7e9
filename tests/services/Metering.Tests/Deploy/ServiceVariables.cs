using Metering.Hosting;

namespace Metering.Tests.Deploy;

/// <summary>The variables that the service reads, learned from the code that reads them.</summary>
internal static class ServiceVariables
{
    public static IReadOnlySet<string> Names { get; } = Learn();

    private static HashSet<string> Learn()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        MeteringSettings.Read(name =>
        {
            names.Add(name);
            return name == "METERING_DATABASE" ? "postgres://u:p@127.0.0.1/d" : null;
        });
        return names;
    }
}
