using EvenKeel.Routing.Hashing;

namespace Choices;

/// <summary>A ring as the text book has it: positions in order, found by halving. It is what the index of the real one is compared with.</summary>
internal sealed class PlainSearch
{
    private readonly uint[] _positions;
    private readonly int[] _owners;

    public PlainSearch(HashNode[] nodes, int points)
    {
        // Of two points at one position the lower owner comes first.
        var ordered = nodes
            .SelectMany((node, owner) => Enumerable.Range(0, points)
                .Select(i => (Position: HashRing.PointOf(node.Hash, i), Owner: owner)))
            .Order().ToList();
        _positions = [.. ordered.Select(point => point.Position)];
        _owners = [.. ordered.Select(point => point.Owner)];
    }

    public int Owner(uint position)
    {
        int low = 0, high = _positions.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_positions[middle] < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return _owners[low == _positions.Length ? 0 : low];
    }
}
