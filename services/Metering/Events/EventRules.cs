using System.Buffers;
using EvenKeel.Windows.Ingest;
using EvenKeel.Windows.Options;

namespace Metering.Events;

/// <summary>What an event has to be. The limits keep rows small and sums within 64 bits.</summary>
internal static class EventRules
{
    public const int MaxId = 128;
    public const int MaxCustomer = 64;
    public const int MaxEndpoint = 256;
    public const int MaxModel = 128;
    public const long MaxTokens = 1_000_000_000_000;
    public const long MaxLatencyMs = 1_000_000_000;

    private static readonly SearchValues<char> OfCustomer = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Adds a fault for each field that is missing or out of its range.</summary>
    public static void Check(EventDraft draft, WindowOptions windows, DateTime now)
    {
        Text(draft, "eventId", draft.EventId, MaxId);
        Text(draft, "apiEndpoint", draft.Endpoint, MaxEndpoint);
        Text(draft, "customerId", draft.CustomerId, MaxCustomer);
        Optional(draft, "metadata.model", draft.Model, MaxModel);
        Number(draft, "metadata.inputTokens", draft.InputTokens, MaxTokens, required: true);
        Number(draft, "metadata.outputTokens", draft.OutputTokens, MaxTokens, required: true);
        Number(draft, "metadata.tokens", draft.Tokens, MaxTokens, required: false);
        Number(draft, "metadata.latencyMs", draft.LatencyMs, MaxLatencyMs, required: false);
        if (draft.Time is not { } time)
        {
            Missing(draft, "timestamp");
            return;
        }

        switch (TimelinessRule.Of(windows, time, now))
        {
            case Timeliness.TooLate:
                draft.Add("timestamp", $"It is older than {windows.MaxLateness.TotalDays:0} days: what it belongs to is final.");
                break;
            case Timeliness.TooEarly:
                draft.Add("timestamp", $"It is more than {windows.MaxAhead.TotalMinutes:0} minutes ahead: the clock of the sender is wrong.");
                break;
            default:
                break;
        }
    }

    /// <summary>True when a customer may be called so: letters and digits of ASCII, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public static bool IsCustomer(string name) => name.Length is > 0 and <= MaxCustomer && !name.AsSpan().ContainsAnyExcept(OfCustomer);

    private static void Text(EventDraft draft, string field, string? value, int most)
    {
        if (value is null)
        {
            Missing(draft, field);
        }
        else if (value.Length == 0)
        {
            draft.Add(field, "It must not be empty.");
        }
        else
        {
            Optional(draft, field, value, most);
        }
    }

    private static void Optional(EventDraft draft, string field, string? value, int most)
    {
        if (value?.Length > most)
        {
            draft.Add(field, $"It has at most {most} characters, not {value.Length}.");
        }
        else if (value is not null && value.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0)
        {
            draft.Add(field, "It must not have control characters.");
        }
    }

    private static void Number(EventDraft draft, string field, long? value, long most, bool required)
    {
        if (value is null && required)
        {
            Missing(draft, field);
        }
        else if (value < 0 || value > most)
        {
            draft.Add(field, $"It has to be from 0 to {most}.");
        }
    }

    // A field that could not be read has its fault already.
    private static void Missing(EventDraft draft, string field)
    {
        bool isWithin = field.StartsWith("metadata.", StringComparison.Ordinal);
        if (!draft.Faults.Exists(fault => fault.Field == field || fault.Field == "$" || (isWithin && fault.Field == "metadata")))
        {
            draft.Add(field, "It is missing.");
        }
    }
}
