namespace EvenKeel.Windows;

/// <summary>Names a window of a stream.</summary>
/// <param name="Partition">What closes by itself, such as a tenant.</param>
/// <param name="Start">Its first moment, in UTC. The end is not part of it.</param>
public readonly record struct WindowKey(string Partition, DateTime Start)
{
    /// <summary>By start, then by partition: the order in which all transactions enter windows, so that they cannot deadlock.</summary>
    internal static readonly Comparer<WindowKey> EntryOrder = Comparer<WindowKey>.Create(static (one, other) =>
        one.Start != other.Start ? one.Start.CompareTo(other.Start) : string.CompareOrdinal(one.Partition, other.Partition));
}
