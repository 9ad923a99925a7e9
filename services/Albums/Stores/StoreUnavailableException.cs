namespace Albums.Stores;

/// <summary>The store could not do it and nothing has changed: the request may be repeated.</summary>
internal sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);
