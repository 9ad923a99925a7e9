using System.Globalization;
using Metering.Access;
using Metering.Events;

namespace Metering.Api;

/// <summary>Which windows somebody asks for.</summary>
internal sealed record WindowQuery(string Tenant, string? Customer, DateTime From, DateTime To, bool AllRevisions, int Limit, WindowCursor? After)
{
    public const int MaxLimit = 10_000;
    private const int DefaultLimit = 1000;
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromHours(1);
    private static readonly DateTime Beginning = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    /// <summary>Reads the query of a request; what cannot be meant so is added to the faults.</summary>
    public static WindowQuery Read(IQueryCollection query, Tenant tenant, DateTime now, List<EventFault> faults)
    {
        DateTime to = Moment("to") ?? now;
        DateTime from = Moment("from") ?? (to - Beginning > DefaultSpan ? to - DefaultSpan : Beginning);
        if (from >= to)
        {
            faults.Add(new EventFault("from", "It has to be before 'to'."));
        }

        string? customer = query["customer"];
        if (customer is not null && !EventRules.IsCustomer(customer))
        {
            faults.Add(new EventFault("customer", $"It has 1 to {EventRules.MaxCustomer} letters, digits, '.', '_' and '-'."));
        }

        int limit = DefaultLimit;
        if (query["limit"].FirstOrDefault() is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            faults.Add(new EventFault("limit", $"It has to be a number from 1 to {MaxLimit}."));
        }

        string revisions = query["revisions"].FirstOrDefault() ?? "current";
        if (revisions is not ("current" or "all"))
        {
            faults.Add(new EventFault("revisions", "It has to be current or all."));
        }

        if (query["tenant"].FirstOrDefault() is { } asked && asked != tenant.Name)
        {
            faults.Add(new EventFault("tenant", $"The key belongs to tenant {tenant.Name}."));
        }

        WindowCursor? after = null;
        if (query["after"].FirstOrDefault() is { } place && !WindowCursor.TryParse(place, out after))
        {
            faults.Add(new EventFault("after", "It has to be the 'next' of an answer, as it was."));
        }

        return new WindowQuery(tenant.Name, customer, from, to, revisions == "all", limit, after);

        DateTime? Moment(string name)
        {
            if (query[name].FirstOrDefault() is not { } text)
            {
                return null;
            }

            // A date first: the runtime takes a time alone for one of today.
            if (DateOnly.TryParseExact(text.Split('T', ' ')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment))
            {
                return moment.UtcDateTime;
            }

            faults.Add(new EventFault(name, "It has to be an instant of ISO 8601, such as 2026-01-31T12:00:00Z."));
            return null;
        }
    }
}
