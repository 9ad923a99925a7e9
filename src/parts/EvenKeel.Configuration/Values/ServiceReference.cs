using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Values;

/// <summary>
/// References to servers of a kind in the variables of other services: <c>${services.db.connection}</c>. They stand in the text until the
/// cluster starts, because only then the port is known. A literal text of this form cannot be passed.
/// </summary>
public static partial class ServiceReference
{
    /// <summary>What every reference begins with, after the dollar and the brace.</summary>
    public const string Root = "services";

    /// <summary>What can be said of a server: its whole address as a URI, its host, its port, and both.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["connection", "host", "port", "address"];

    /// <summary>True for a text that is one reference and nothing else.</summary>
    public static bool IsWhole(string text) => Form().Match(text) is { Success: true } match && match.Length == text.Length;

    /// <summary>The services and fields that a text refers to.</summary>
    public static IEnumerable<(string Service, string Field)> In(string text) =>
        Form().Matches(text).Select(match => (match.Groups["service"].Value, match.Groups["field"].Value));

    /// <summary>The text with each reference replaced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">Gives what a field of a service is, or null to leave the reference as it stands.</param>
    public static string Replace(string text, Func<string, string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(value);
        return Form().Replace(text, match => value(match.Groups["service"].Value, match.Groups["field"].Value) ?? match.Value);
    }

    [GeneratedRegex(@"\$\{services\.(?<service>[A-Za-z][A-Za-z0-9-]*)\.(?<field>[A-Za-z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
