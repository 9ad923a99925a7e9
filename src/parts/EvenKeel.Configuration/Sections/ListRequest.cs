using EvenKeel.Configuration.Model;

namespace EvenKeel.Configuration.Sections;

/// <summary>How all elements are read.</summary>
/// <param name="Request">The request.</param>
/// <param name="Items">Where the array is in the reply.</param>
/// <param name="Id">Where the id is in an element.</param>
/// <param name="Value">Where the value is in an element, or null.</param>
internal sealed record ListRequest(RequestOptions Request, string Items, string Id, string? Value);
