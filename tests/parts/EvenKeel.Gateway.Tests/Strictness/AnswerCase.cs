namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>What an instance answers to one request, and what of it has to reach the client.</summary>
/// <param name="Name">What the case shows.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Answer">The bytes of the instance.</param>
/// <param name="Status">The final status at the client.</param>
/// <param name="Body">The whole body at the client; null when it must be visibly broken off.</param>
/// <param name="Length">The Content-Length at the client; null for none.</param>
/// <param name="KeepsInstance">True when the connection to the instance is used again.</param>
/// <param name="Closes">True when the instance ends the connection behind its answer; a reset when <paramref name="Resets"/>.</param>
/// <param name="Resets">True when it ends it by a reset.</param>
internal sealed record AnswerCase(
    string Name, string Method, string Answer, int Status, string? Body, string? Length = null, bool KeepsInstance = false, bool Closes = false,
    bool Resets = false);
