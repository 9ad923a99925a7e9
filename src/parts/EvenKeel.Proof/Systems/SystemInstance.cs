namespace EvenKeel.Proof.Systems;

/// <summary>An instance.</summary>
/// <param name="Name">Its name, such as <c>web-2</c>: the value of <c>X-EvenKeel-Instance</c> in its replies.</param>
/// <param name="Address">Its own address, past the gateway.</param>
/// <param name="State">Its state now.</param>
public sealed record SystemInstance(string Name, Uri Address, InstanceCondition State);
