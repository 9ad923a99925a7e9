namespace EvenKeel.Configuration.Tests;

/// <summary>The files of the repository that tests compare with what the program writes.</summary>
internal static class Repository
{
    /// <summary>The variable that makes a comparing test write the file anew instead.</summary>
    public const string AcceptVariable = "EVENKEEL_ACCEPT";

    public static string Root { get; } = FindRoot();

    public static string Tests { get; } = Path.Combine(Root, "tests/parts/EvenKeel.Configuration.Tests");

    /// <summary>Compares a committed file with what it should be, or writes it when that was asked for.</summary>
    public static void AssertSame(string path, string expected)
    {
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.True(File.Exists(path), $"{path} is missing. {HowToAccept}");
        var committed = File.ReadAllText(path);
        if (committed != expected)
        {
            Assert.Equal(expected, committed);
        }
    }

    /// <summary>What to do about a difference that is meant.</summary>
    public static string HowToAccept =>
        $"To write it anew: {AcceptVariable}=1 artifacts/bin/EvenKeel.Configuration.Tests/debug/EvenKeel.Configuration.Tests, then read the difference: git diff";

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EvenKeel.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
