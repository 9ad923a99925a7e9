namespace EvenKeel.Configuration.Model;

/// <summary>Where the access log goes: nowhere, to the standard output, or to a file.</summary>
public sealed record AccessLogOptions
{
    /// <summary>No log.</summary>
    public static readonly AccessLogOptions Off = new();

    /// <summary>The log goes to the standard output.</summary>
    public static readonly AccessLogOptions Stdout = new() { ToStdout = true };

    /// <summary>True when it goes to the standard output.</summary>
    public bool ToStdout { get; init; }

    /// <summary>The file that lines are appended to, from the folder of the configuration; null for none.</summary>
    public string? File { get; init; }
}
