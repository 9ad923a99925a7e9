using System.Text.RegularExpressions;
using EvenKeel.Configuration.Model;
using EvenKeel.Http.Tests.Heads;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>The malformed heads by name, and what turns an accepted head into a whole message.</summary>
internal static partial class Cases
{
    public const string Content = "hello";

    public static readonly Dictionary<string, HeadCase> Requests = new[]
    {
        StartLineCases.All, TargetCases.All, HostCases.All, FieldCases.All, FramingCases.All,
    }.SelectMany(cases => cases).ToDictionary(one => one.Name);

    public static readonly Dictionary<string, HeadCase> Responses = ResponseCases.All.ToDictionary(one => one.Name);

    /// <summary>The limits that the cases are written for.</summary>
    public static GatewayOptions Limited(GatewayOptions options)
        => options with { Limits = options.Limits with { Head = 1024, Fields = 20 } };

    /// <summary>The body that a head announces; null when it announces more than any test can send.</summary>
    public static string? BodyOf(string head)
    {
        if (Coding().IsMatch(head))
        {
            return $"{Content.Length:x}\r\n{Content}\r\n0\r\n\r\n";
        }

        var length = Length().Match(head);
        return !length.Success ? "" : length.Groups[1].Length > 6 ? null : new string('b', int.Parse(length.Groups[1].ValueSpan, null));
    }

    /// <summary>The content of <see cref="BodyOf"/>.</summary>
    public static string ContentOf(string head) => Coding().IsMatch(head) ? Content : BodyOf(head)!;

    [GeneratedRegex(@"^transfer-encoding:", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Coding();

    [GeneratedRegex(@"^content-length:[ \t]*([0-9]+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Length();
}
