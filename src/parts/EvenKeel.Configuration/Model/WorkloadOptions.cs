namespace EvenKeel.Configuration.Model;

/// <summary>A set of elements behind HTTP: how one is added, how they are read, and where ids and values are in the replies.</summary>
public sealed record WorkloadOptions
{
    /// <summary>
    /// The request that adds one element. Its <c>{value}</c> is unique in every request; <c>{id}</c> too, for services that take a client's
    /// id.
    /// </summary>
    public required RequestOptions Add { get; init; }

    /// <summary>JSON pointer (RFC 6901) to the new element's id in the reply to <see cref="Add"/>, or null when the request's own <c>{id}</c> is it.</summary>
    public string? AddedId { get; init; }

    /// <summary>The request that reads all elements.</summary>
    public required RequestOptions List { get; init; }

    /// <summary>JSON pointer to the array in the reply to <see cref="List"/>; empty for the whole document.</summary>
    public string Items { get; init; } = "";

    /// <summary>JSON pointer to the id within an element.</summary>
    public string ItemId { get; init; } = "/id";

    /// <summary>JSON pointer to the value within an element, or null when elements are compared by id alone.</summary>
    public string? ItemValue { get; init; }

    /// <summary>The request that reads one element by <c>{id}</c>, or null when only the list is read. 404 means absent.</summary>
    public RequestOptions? Get { get; init; }

    /// <summary>The request that removes one element by <c>{id}</c> after the checks, or null to leave what was added.</summary>
    public RequestOptions? Remove { get; init; }
}
