namespace EvenKeel.Http.Fields;

/// <summary>Where a field stands in the bytes of its head. The bytes themselves stay with the caller.</summary>
/// <param name="NameStart">Position of the name.</param>
/// <param name="NameLength">Length of the name, at least 1.</param>
/// <param name="ValueStart">Position of the value, white space around it left out.</param>
/// <param name="ValueLength">Length of the value, 0 when it is empty.</param>
/// <param name="Known">Which field it is, if forwarding cares.</param>
public readonly record struct FieldLine(int NameStart, int NameLength, int ValueStart, int ValueLength, KnownField Known)
{
    /// <summary>The name, as its sender wrote it.</summary>
    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> head) => head.Slice(NameStart, NameLength);

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> head) => head.Slice(ValueStart, ValueLength);
}
