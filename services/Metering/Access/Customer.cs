namespace Metering.Access;

/// <summary>A customer of a tenant.</summary>
/// <param name="Id">The number in the database.</param>
/// <param name="Partition">The partition of its windows: <c>tenant:customer</c>.</param>
internal sealed record Customer(int Id, string Partition);
