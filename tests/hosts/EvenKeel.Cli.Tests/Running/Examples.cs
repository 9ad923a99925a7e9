using System.Text.RegularExpressions;

namespace EvenKeel.Cli.Tests.Running;

/// <summary>The files of <c>examples/</c>, whole or with shorter phases.</summary>
internal static class Examples
{
    public static string Folder { get; } = Path.Combine(BuiltPrograms.Repository, "examples");

    public static string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>An example's text with other values for some keys, each of which it must have.</summary>
    public static string With(string name, params (string Key, string Value)[] changes)
    {
        var text = File.ReadAllText(PathOf(name));
        foreach (var (key, value) in changes)
        {
            var pattern = $"(?m)^(?<key> *{Regex.Escape(key)}:) .*$";
            Assert.True(Regex.IsMatch(text, pattern), $"{name} has no '{key}'");
            text = Regex.Replace(text, pattern, match => $"{match.Groups["key"].Value} {value}");
        }

        return text;
    }
}
