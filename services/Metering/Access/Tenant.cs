namespace Metering.Access;

/// <summary>Whose events a key may send.</summary>
/// <param name="Id">The tenant's number.</param>
/// <param name="Name">The number as text, as a body says it.</param>
/// <param name="IsActive">False when its events are refused.</param>
internal sealed record Tenant(int Id, string Name, bool IsActive);
