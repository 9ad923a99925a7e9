namespace EvenKeel.Http.Bodies;

/// <summary>What became of some received bytes of a body.</summary>
/// <param name="Consumed">How many bytes of the input belonged to the body and are used up.</param>
/// <param name="OutputStart">Where in the buffer the bytes to send start; up to <see cref="BodyTransfer.Room"/> in front of the input.</param>
/// <param name="OutputLength">How many bytes there are to send.</param>
public readonly record struct BodyPiece(int Consumed, int OutputStart, int OutputLength);
