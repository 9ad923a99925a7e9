using System.Text.RegularExpressions;

namespace EvenKeel.Windows.Options;

/// <summary>One stream of windows: how long they are, when they close, and what is computed from their events.</summary>
public sealed partial record WindowOptions
{
    /// <summary>The stream's name: 1 to 63 letters, digits, <c>_</c> and <c>-</c>. Several streams live in one database.</summary>
    public required string Stream { get; init; }

    /// <summary>
    /// A SELECT over the events with the columns <c>key text</c>, unique in it, and <c>result jsonb</c>, for the parameters
    /// <c>@partition text</c>, <c>@start timestamptz</c> and <c>@end timestamptz</c>. A window is half-open: <c>@start &lt;= time</c> and
    /// <c>time &lt; @end</c>. It is run at the close and at every revision, over the raw events, so that running it twice changes nothing. It becomes
    /// a part of statements about many windows: it has no other parameters, and no text constant in it contains the name of one.
    /// </summary>
    public required string Aggregate { get; init; }

    /// <summary>The length of a window: 1 s to 1 day, a whole number of seconds. Default 30 s. Windows begin at multiples of it since 1970.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its end a window is kept open for events that are under way: 0 to 1 hour. Default 5 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How old an event may be; older ones are refused by whoever takes events in. Default 7 days.</summary>
    public TimeSpan MaxLateness { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How far an event may lie in the future, for clocks that are ahead. Default 5 minutes.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a claim of a window lasts before another may claim it: 1 s to 1 hour. Default 60 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The most windows that one transaction closes or revises: 1 to 10,000. Default 500. It takes fewer when those take longer than a tenth of a second.
    /// </summary>
    public int Batch { get; init; } = 500;

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">Names the first option that is outside of its range.</exception>
    public void Validate()
    {
        Require(StreamName().IsMatch(Stream), nameof(Stream), "must be 1 to 63 letters, digits, '_' and '-'");
        Require(!string.IsNullOrWhiteSpace(Aggregate), nameof(Aggregate), "must be a SELECT");
        Require(Length >= TimeSpan.FromSeconds(1) && Length <= TimeSpan.FromDays(1), nameof(Length), "must be 1 s to 1 day");
        Require(Length.Ticks % TimeSpan.TicksPerSecond == 0, nameof(Length), "must be a whole number of seconds");
        Require(Grace >= TimeSpan.Zero && Grace <= TimeSpan.FromHours(1), nameof(Grace), "must be 0 to 1 hour");
        Require(MaxLateness > Length + Grace, nameof(MaxLateness), "must be longer than length and grace together");
        Require(MaxAhead >= TimeSpan.Zero && MaxAhead <= TimeSpan.FromDays(1), nameof(MaxAhead), "must be 0 to 1 day");
        Require(Lease >= TimeSpan.FromSeconds(1) && Lease <= TimeSpan.FromHours(1), nameof(Lease), "must be 1 s to 1 hour");
        Require(Batch is >= 1 and <= 10_000, nameof(Batch), "must be 1 to 10,000");
    }

    private static void Require(bool holds, string name, string message)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} {message}", name);
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,63}$")]
    private static partial Regex StreamName();
}
