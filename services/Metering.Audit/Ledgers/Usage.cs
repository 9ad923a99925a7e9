namespace Metering.Audit.Ledgers;

/// <summary>One event as the ledger has it.</summary>
internal sealed record Usage(
    string Tenant, string Id, string Customer, DateTime Time, string Endpoint, string? Model, long InputTokens, long OutputTokens, long Tokens, long? Latency);
