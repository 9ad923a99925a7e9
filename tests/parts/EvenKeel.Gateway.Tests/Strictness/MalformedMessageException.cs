namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>The judge met what no message may hold.</summary>
internal sealed class MalformedMessageException(string reason) : Exception(reason);
