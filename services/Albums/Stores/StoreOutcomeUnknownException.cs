namespace Albums.Stores;

/// <summary>A write was sent and its result never came: it may or may not have happened.</summary>
internal sealed class StoreOutcomeUnknownException(string message, Exception inner) : Exception(message, inner);
