namespace Metering.Audit.Windows;

/// <summary>Calls and tokens of one endpoint or model.</summary>
internal readonly record struct Counts(long Calls, long Tokens);
