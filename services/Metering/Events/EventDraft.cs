using System.Text.Json.Serialization;

namespace Metering.Events;

/// <summary>What a request says about one event, as far as it could be read; what is wrong with it stands in <see cref="Faults"/>.</summary>
[JsonConverter(typeof(EventDraftConverter))]
internal sealed class EventDraft
{
    private static readonly List<EventFault> None = [];

    public string? EventId { get; set; }

    public DateTime? Time { get; set; }

    public string? TenantId { get; set; }

    public string? CustomerId { get; set; }

    public string? Endpoint { get; set; }

    public string? Model { get; set; }

    public long? InputTokens { get; set; }

    public long? OutputTokens { get; set; }

    public long? Tokens { get; set; }

    public long? LatencyMs { get; set; }

    public List<EventFault> Faults { get; private set; } = None;

    public void Add(string field, string message)
    {
        if (Faults == None)
        {
            Faults = [];
        }

        Faults.Add(new EventFault(field, message));
    }
}
