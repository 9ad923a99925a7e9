using System.Numerics;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Routing.Splits;

/// <summary>
/// Chooses between the services of a split. In turns, shared by all loops, each run of as many requests as the weights add up to is exact; a
/// counter of 32 bits goes round once in four thousand million requests, and that one run is not. By a value, equal values go to the same
/// service for as long as the weights stay, also after a restart, and when a weight grows at the end of the list nobody leaves that service.
/// </summary>
internal sealed class RouteSplit
{
    private readonly SplitOptions _options;
    private readonly byte[] _turns;
    private readonly byte[] _name;
    private readonly double[] _ends;
    private PaddedCounter _turn;

    /// <summary>Compiles a split.</summary>
    public RouteSplit(SplitOptions options)
    {
        _options = options;
        _name = Encoding.ASCII.GetBytes(options.Name);
        _turns = WeightedTurns.Plan([.. options.Targets.Select(target => target.Weight)]);
        var sum = options.Targets.Sum(target => (double)target.Weight);
        _ends = [.. options.Targets.Select((_, i) => options.Targets.Take(i + 1).Sum(target => target.Weight) / sum)];
    }

    /// <summary>The position of the service that gets the request.</summary>
    public int Choose(in RouteRequest request)
    {
        var key = _options.By switch
        {
            SplitBy.Client => request.ClientText,
            SplitBy.Header => RequestValue.OfHeader(in request, _name),
            SplitBy.Cookie => RequestValue.OfCookie(in request, _name),
            _ => default,
        };
        return key.IsEmpty ? _turns[(uint)_turn.Increment() % (uint)_turns.Length] : Place(key);
    }

    private int Place(ReadOnlySpan<byte> key)
    {
        var point = (Hash(key) >> 11) * (1.0 / (1UL << 53));
        for (var i = 0; i < _ends.Length; i++)
        {
            if (point < _ends[i])
            {
                return i;
            }
        }

        return _ends.Length - 1;
    }

    // FNV-1a, and then the finalizer of SplitMix64, without which near values would lie near each other.
    private static ulong Hash(ReadOnlySpan<byte> key)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in key)
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ BitOperations.RotateRight(hash, 31);
    }
}
