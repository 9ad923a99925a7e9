using System.Reflection;
using System.Text.RegularExpressions;
using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Tests;

public sealed partial class ErrorCodePageTests
{
    [Fact]
    public void Every_code_is_documented_and_every_documented_code_exists()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/errors.md"));
        var documented = Entry().Matches(page).Select(m => m.Groups["code"].Value).ToList();

        Assert.Equal(AllCodes().Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_entry_says_what_is_wrong_and_what_to_do()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/errors.md"));
        var entries = Entry().Split(page).Where((_, i) => i > 0 && i % 2 == 0);

        Assert.All(entries, entry => Assert.True(entry.Split('.').Length > 2 && entry.Length > 80, entry));
    }

    internal static List<string> AllCodes() =>
        [.. typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    [GeneratedRegex(@"^## (?<code>EK2\d{3}): .+$", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
