namespace EvenKeel.State.Subscriptions;

/// <summary>One thing that a subscription tells.</summary>
/// <param name="IsGap">
/// True when there is no message: the connection was lost and the subscription is in force again, and messages of between were missed.
/// </param>
/// <param name="Payload">The bytes of the message.</param>
public readonly record struct StateMessage(bool IsGap, ReadOnlyMemory<byte> Payload);
