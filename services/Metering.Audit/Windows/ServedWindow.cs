namespace Metering.Audit.Windows;

/// <summary>A revision of a window as the service shows it.</summary>
/// <param name="Key">Which window.</param>
/// <param name="IsClosed">Whether it is closed.</param>
/// <param name="Revision">The revision, from 1; 0 for an open window.</param>
/// <param name="IsCurrent">Whether it is the one in force.</param>
/// <param name="Totals">What it adds up to; null for an open window.</param>
internal sealed record ServedWindow(WindowKey Key, bool IsClosed, int Revision, bool IsCurrent, WindowTotals? Totals);
