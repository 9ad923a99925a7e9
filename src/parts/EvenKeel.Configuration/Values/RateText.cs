using System.Globalization;
using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Values;

/// <summary>Rates per second as people write them: <c>200</c>, <c>200/s</c>, <c>0.5/s</c>.</summary>
public static partial class RateText
{
    /// <summary>The form as a regular expression that .NET and ECMAScript read alike.</summary>
    internal const string Pattern = "^[0-9]+(\\.[0-9]+)?(/s)?$";

    /// <summary>Reads a rate.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="value">Events per second.</param>
    /// <param name="suggestion">What was probably meant when the result is false and there is a guess: <c>200/s</c> for
    /// <c>200rps</c>.</param>
    public static bool TryParse(string text, out double value, out string? suggestion)
    {
        ArgumentNullException.ThrowIfNull(text);
        suggestion = null;
        value = 0;
        if (!text.EndsWith('\n') && Form().IsMatch(text))
        {
            var number = text.EndsWith("/s", StringComparison.Ordinal) ? text[..^2] : text;
            return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
                && double.IsFinite(value);
        }

        var match = Loose().Match(text.Trim());
        if (match.Success)
        {
            var perSecond = decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number);
            suggestion = match.Groups["unit"].Value.ToLowerInvariant() switch
            {
                "/sec" or "/second" or "rps" or "req/s" or "qps" or "hz" or "per second" or " /s" or "s" =>
                    match.Groups["number"].Value + "/s",
                "/m" or "/min" or "/minute" or "rpm" when perSecond => (number / 60).ToString("0.###", CultureInfo.InvariantCulture) + "/s",
                _ => null,
            };
        }

        return false;
    }

    /// <summary>Writes a rate: <c>40/s</c>.</summary>
    /// <param name="value">Events per second.</param>
    public static string Format(double value) => value.ToString("0.######", CultureInfo.InvariantCulture) + "/s";

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("^(?<number>[0-9]+(?:\\.[0-9]+)?) *(?<unit>[A-Za-z/ ]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Loose();
}
