using System.Text;
using EvenKeel.Http.Fields;

namespace EvenKeel.Http.Forwarding;

/// <summary>A few names of fields, compared without regard to case.</summary>
/// <param name="names">The names, in any case.</param>
public sealed class FieldNames(IEnumerable<string> names)
{
    private readonly byte[][] _names = [.. names.Select(name => Encoding.ASCII.GetBytes(name.ToLowerInvariant()))];

    /// <summary>True when a name is among them.</summary>
    public bool Contains(ReadOnlySpan<byte> name)
    {
        foreach (var candidate in _names)
        {
            if (Grammar.Same(name, candidate))
            {
                return true;
            }
        }

        return false;
    }
}
