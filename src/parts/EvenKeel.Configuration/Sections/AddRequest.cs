using EvenKeel.Configuration.Model;

namespace EvenKeel.Configuration.Sections;

/// <summary>How an element is added.</summary>
/// <param name="Request">The request.</param>
/// <param name="Id">Where the id is in the reply, or null when the request has it.</param>
internal sealed record AddRequest(RequestOptions Request, string? Id);
