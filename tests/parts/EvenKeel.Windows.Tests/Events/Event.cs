namespace EvenKeel.Windows.Tests.Events;

/// <summary>Something that is counted.</summary>
internal sealed record Event(string Id, DateTime Time, long Amount = 1, string Key = "k", string Partition = "p");
