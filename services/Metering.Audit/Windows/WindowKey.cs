namespace Metering.Audit.Windows;

/// <summary>Which window of which customer.</summary>
/// <param name="Tenant">The tenant's number.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Start">When it begins, in UTC; its length is the audit's.</param>
internal readonly record struct WindowKey(string Tenant, string Customer, DateTime Start)
{
    public override string ToString() => $"{Tenant}:{Customer} {Start:yyyy-MM-ddTHH:mm:ssZ}";
}
