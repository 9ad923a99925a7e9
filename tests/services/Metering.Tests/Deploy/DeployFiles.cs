namespace Metering.Tests.Deploy;

/// <summary>The files that people deploy the metering stack with.</summary>
internal static class DeployFiles
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a file or folder, from one below <c>deploy</c>.</summary>
    public static string PathOf(string name) => Path.Combine(Root, "deploy", name);

    public static string Read(string name) => File.ReadAllText(PathOf(name));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "EvenKeel.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
