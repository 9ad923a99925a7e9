using EvenKeel.Windows.Options;
using Metering.Access;

namespace Metering.Events;

/// <summary>Makes events of drafts.</summary>
internal sealed class EventFactory(WindowOptions windows, TimeProvider time)
{
    public const string TenantField = "tenantId";

    /// <summary>Checks a draft; what is wrong is added to its faults.</summary>
    public void Check(EventDraft draft, Tenant tenant)
    {
        EventRules.Check(draft, windows, time.GetUtcNow().UtcDateTime);
        if (draft.TenantId is { } id && id != tenant.Name)
        {
            draft.Add(TenantField, $"The key belongs to tenant {tenant.Name}; leave tenantId out or send {tenant.Name}.");
        }
    }

    /// <summary>The event of a draft without faults.</summary>
    public static UsageEvent Make(EventDraft draft, Tenant tenant, Customer customer) => new()
    {
        TenantId = tenant.Id,
        EventId = draft.EventId!,
        Time = draft.Time!.Value,
        CustomerId = customer.Id,
        Partition = customer.Partition,
        Endpoint = draft.Endpoint!,
        Model = draft.Model,
        InputTokens = draft.InputTokens!.Value,
        OutputTokens = draft.OutputTokens!.Value,
        Tokens = draft.Tokens ?? draft.InputTokens.Value + draft.OutputTokens.Value,
        LatencyMs = draft.LatencyMs,
        Hash = BodyHash.Of(draft),
    };
}
