using System.Numerics;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Sightings;

/// <summary>
/// Rewrites what reads showed from elements to subjects. Free when there is no alias; otherwise each read costs its words plus the aliases that it shows.
/// </summary>
internal sealed class SubjectPacker
{
    private readonly SubjectMap _map;
    private readonly ElementTable _packed = new();
    private readonly ElementMask? _aliases;

    /// <summary>Prepares for the elements of one history.</summary>
    public SubjectPacker(SubjectMap map, int elements)
    {
        _map = map;
        if (!map.HasAliases)
        {
            return;
        }

        _aliases = new ElementMask(elements);
        for (var number = 0; number < elements; number++)
        {
            if (map.OfElement(number) != number)
            {
                _aliases.Add(number);
            }
        }
    }

    /// <summary>The subjects that a set of elements shows.</summary>
    public ElementSet Pack(ElementSet shown)
    {
        if (_aliases is null)
        {
            return shown;
        }

        var words = new ulong[shown.WordCount];
        for (var i = 0; i < words.Length; i++)
        {
            var word = shown.Word(i);
            var alias = i < _aliases.Words.Length ? word & _aliases.Words[i] : 0;
            words[i] |= word & ~alias;
            for (; alias != 0; alias &= alias - 1)
            {
                // The first element of a subject has the lower number, so its word exists.
                var subject = _map.OfElement((i << 6) + BitOperations.TrailingZeroCount(alias));
                words[subject >> 6] |= 1UL << subject;
            }
        }

        return _packed.Pack(words);
    }
}
