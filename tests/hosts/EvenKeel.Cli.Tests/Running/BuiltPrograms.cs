namespace EvenKeel.Cli.Tests.Running;

/// <summary>Where the programs under test were built.</summary>
internal static class BuiltPrograms
{
    private static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The program itself, as built, not as copied beside the tests.</summary>
    public static string EvenKeel { get; } = Built("EvenKeel.Cli", "evenkeel.dll");

    /// <summary>The services that examples run, as <c>EVENKEEL_SERVICES</c> has them.</summary>
    public static IReadOnlyList<string> Services { get; } = ["Albums", "Metering", "Metering.Audit", "Metering.Relay"];

    /// <summary>The folder of the album service.</summary>
    public static string Albums { get; } = FolderOf("Albums");

    /// <summary>A small server that misbehaves on request.</summary>
    public static string TestServer { get; } = Built("EvenKeel.Fleet.TestServer", "EvenKeel.Fleet.TestServer.dll");

    /// <summary>The folder of one of the services.</summary>
    public static string FolderOf(string service) => Path.GetDirectoryName(Built(service, $"{service}.dll"))!;

    private static string Built(string project, string file)
    {
        var path = Path.Combine(Repository, "artifacts", "bin", project, Configuration, file);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is missing: build the test project, which builds it too.");
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "EvenKeel.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests have to run from the repository's artifacts.");
        }

        return Path.TrimEndingDirectorySeparator(folder);
    }
}
