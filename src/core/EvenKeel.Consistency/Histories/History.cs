using System.Collections.Immutable;

namespace EvenKeel.Consistency.Histories;

/// <summary>Everything that one run did, in the order of <see cref="Operation.Index"/>. Immutable.</summary>
public sealed class History
{
    private readonly Dictionary<int, int> _positions;

    /// <summary>Takes the operations in any order.</summary>
    /// <param name="operations">The operations, with distinct indexes and times that do not run backwards.</param>
    /// <param name="elements">The table that packed what their reads showed.</param>
    /// <exception cref="ArgumentException">Two operations have one index, or one ends before it was sent.</exception>
    public History(IEnumerable<Operation> operations, ElementTable elements)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(elements);
        Elements = elements;
        Operations = [.. operations.OrderBy(static operation => operation.Index)];
        _positions = new Dictionary<int, int>(Operations.Length);
        for (var i = 0; i < Operations.Length; i++)
        {
            var operation = Operations[i];
            if (!_positions.TryAdd(operation.Index, i))
            {
                throw new ArgumentException($"two operations have the index {operation.Index}: give each its own", nameof(operations));
            }

            if (operation.End < operation.Sent)
            {
                throw new ArgumentException(
                    $"operation {operation.Index} ends at {operation.End}, before it was sent at {operation.Sent}: take both from one monotonic clock",
                    nameof(operations));
            }
        }
    }

    /// <summary>The operations.</summary>
    public ImmutableArray<Operation> Operations { get; }

    /// <summary>The elements that its reads showed.</summary>
    public ElementTable Elements { get; }

    /// <summary>The operation with an index, or null.</summary>
    public Operation? Find(int index) => _positions.TryGetValue(index, out var position) ? Operations[position] : null;
}
