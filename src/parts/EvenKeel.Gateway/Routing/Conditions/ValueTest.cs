using System.Text;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Gateway.Routing.Conditions;

/// <summary>What a named value has to be.</summary>
internal sealed class ValueTest(NamedMatch match)
{
    private readonly byte[] _value = Encoding.UTF8.GetBytes(match.Value);

    /// <summary>True when it has to be missing.</summary>
    public bool WantsNone => match.Kind == MatchKind.Absent;

    /// <summary>True when a value that is there is what is wanted.</summary>
    public bool Holds(ReadOnlySpan<byte> value) => match.Kind switch
    {
        MatchKind.Equal => value.SequenceEqual(_value),
        MatchKind.Prefix => value.StartsWith(_value),
        _ => true,
    };
}
