using EvenKeel.Http.Tracing;

namespace EvenKeel.Gateway.Tracing;

/// <summary>
/// Draws the ids of one loop: two SplitMix64 sequences (Steele, Lea and Flood, 2014) with states of their own, so that nothing is allocated or
/// shared. The ids tell traces apart and are no secrets: who sees some can tell the next.
/// </summary>
/// <param name="first">The state of one sequence, random.</param>
/// <param name="second">The state of the other, random.</param>
internal sealed class TraceIds(ulong first, ulong second)
{
    private ulong _first = first;
    private ulong _second = second;

    /// <summary>
    /// A new trace, marked as sampled: a service that follows its caller's word, as most do unless told otherwise, would record nothing for
    /// any client that sends no trace of its own.
    /// </summary>
    public TraceParent NewTrace()
    {
        var id = new UInt128(Next(ref _first), Next(ref _second));
        return new TraceParent(id == 0 ? 1 : id, NewParent(), TraceParent.Sampled | TraceParent.RandomId);
    }

    /// <summary>A new id of an operation.</summary>
    public ulong NewParent() => Next(ref _first) is var id && id == 0 ? 1 : id;

    private static ulong Next(ref ulong state)
    {
        var mixed = state += 0x9e3779b97f4a7c15;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
}
