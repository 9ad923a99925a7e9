namespace EvenKeel.Configuration.Model;

/// <summary>What a reply of a load must be. A reply that is otherwise counts as failed.</summary>
public sealed record ExpectOptions
{
    /// <summary>The status codes that are as they should be; empty for any from 200 to 399.</summary>
    public IReadOnlyList<int> Status { get; init; } = [];

    /// <summary>Values of the reply by JSON pointer: a text, number or boolean with placeholders; <c>*</c> stands for any.</summary>
    public IReadOnlyDictionary<string, string> Json { get; init; } = new Dictionary<string, string>();
}
