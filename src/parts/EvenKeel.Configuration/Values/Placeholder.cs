using System.Globalization;

namespace EvenKeel.Configuration.Values;

/// <summary>One placeholder of a request, read.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">How it was written, with its braces. Equal placeholders of one request have equal values.</param>
public sealed record Placeholder(PlaceholderKind Kind, string Text)
{
    /// <summary>By how much a time is moved, or the length between two boundaries.</summary>
    public TimeSpan Span { get; init; }

    /// <summary>What is drawn from.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The smallest number drawn.</summary>
    public long Min { get; init; }

    /// <summary>The largest number drawn.</summary>
    public long Max { get; init; }

    /// <summary>Reads the name and what follows it.</summary>
    /// <param name="text">The whole placeholder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="argument">What follows the name, with the sign that parts them; empty when nothing does.</param>
    /// <param name="problem">What is wrong, or null when it is only not known.</param>
    internal static Placeholder? Read(string text, string name, string argument, out string? problem)
    {
        problem = null;
        PlaceholderKind? plain = name switch
        {
            "id" => PlaceholderKind.Id,
            "value" => PlaceholderKind.Value,
            "n" => PlaceholderKind.Number,
            "seed" => PlaceholderKind.Seed,
            "run" => PlaceholderKind.Run,
            "uuid" => PlaceholderKind.Uuid,
            _ => null,
        };
        if (plain is { } kind)
        {
            problem = argument.Length == 0 ? null : $"'{name}' takes nothing after its name";
            return problem is null ? new Placeholder(kind, text) : null;
        }

        return name switch
        {
            "now" => ReadNow(text, argument, out problem),
            "boundary" => ReadBoundary(text, argument, out problem),
            "choice" => ReadChoice(text, argument, out problem),
            "int" => ReadInt(text, argument, out problem),
            _ => null,
        };
    }

    private static Placeholder? ReadNow(string text, string argument, out string? problem)
    {
        problem = null;
        if (argument.Length == 0)
        {
            return new Placeholder(PlaceholderKind.Now, text);
        }

        if (argument[0] is '+' or '-' && DurationText.TryParse(argument[1..], out var span, out _))
        {
            return new Placeholder(PlaceholderKind.Now, text) { Span = argument[0] == '-' ? -span : span };
        }

        problem = "a time is moved as in {now-90s} or {now+5s}";
        return null;
    }

    private static Placeholder? ReadBoundary(string text, string argument, out string? problem)
    {
        problem = null;
        if (argument.StartsWith(':') && DurationText.TryParse(argument[1..], out var span, out _) && span > TimeSpan.Zero)
        {
            return new Placeholder(PlaceholderKind.Boundary, text) { Span = span };
        }

        problem = "a boundary is written as in {boundary:30s}";
        return null;
    }

    private static Placeholder? ReadChoice(string text, string argument, out string? problem)
    {
        var choices = argument.StartsWith(':') ? argument[1..].Split('|') : [];
        problem = choices.Length > 1 && choices.All(choice => choice.Length > 0) ? null : "a choice is written as in {choice:red|green|blue}";
        return problem is null ? new Placeholder(PlaceholderKind.Choice, text) { Choices = choices } : null;
    }

    private static Placeholder? ReadInt(string text, string argument, out string? problem)
    {
        var bounds = argument.StartsWith(':') ? argument[1..].Split('-') : [];
        if (bounds is [var low, var high]
            && long.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out var min)
            && long.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out var max) && min <= max && max < int.MaxValue)
        {
            problem = null;
            return new Placeholder(PlaceholderKind.Int, text) { Min = min, Max = max };
        }

        problem = "a number is drawn as in {int:1-500}, from 0 to 2147483646";
        return null;
    }
}
