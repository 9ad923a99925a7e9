using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EvenKeel.Proof.Clocks;

namespace EvenKeel.Proof.Recording;

/// <summary>Writes <c>events.jsonl</c>: faults, instance states, phases. Safe for many threads.</summary>
internal sealed class EventLog(LineFile file, RunClock clock)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds an event.</summary>
    /// <param name="at">When, from the start of the scenario.</param>
    /// <param name="scenario">The scenario, or empty for the run.</param>
    /// <param name="kind">What it is about: <c>phase</c>, <c>instance</c>, <c>fault</c>.</param>
    /// <param name="subject">Which phase, instance or fault.</param>
    /// <param name="state">What became of it, in one word.</param>
    /// <param name="detail">A few words for people, or null.</param>
    public ValueTask AddAsync(TimeSpan at, string scenario, string kind, string subject, string state, string? detail) =>
        file.AddAsync(JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 1,
            kind,
            scenario,
            at = clock.WallClock(at).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            atNs = at.Ticks * TimeSpan.NanosecondsPerTick,
            subject,
            state,
            detail,
        }, Plain), CancellationToken.None);
}
