namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>A chunked body that must be refused, and its accepted twin: the smallest change that makes it right.</summary>
/// <param name="Name">What the case shows.</param>
/// <param name="Refused">The malformed body.</param>
/// <param name="Twin">The accepted one.</param>
/// <param name="Content">The twin's content.</param>
/// <param name="Trailers">The twin's trailers as they are sent on.</param>
/// <param name="Status">What answers the malformed one in a request.</param>
internal sealed record BodyCase(string Name, string Refused, string Twin, string Content = "a", string Trailers = "", int Status = 400);
