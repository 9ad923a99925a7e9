using System.Collections.Concurrent;
using System.Globalization;

namespace EvenKeel.Proof.Workload;

/// <summary>
/// The sessions of a scenario. Free ones take turns; when none is free a new one begins, so that requests that hang do not hold back those whose time
/// has come.
/// </summary>
internal sealed class SessionPool(ulong seed, int first)
{
    private readonly ConcurrentQueue<Session> _free = new();
    private int _begun;

    /// <summary>How many sessions have begun.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>Takes a free session, or begins one; the first ones begin before any is used again.</summary>
    public Session Take() => Begun >= first && _free.TryDequeue(out var session) ? session : Begin();

    /// <summary>Gives a session back; one that has ended is replaced when it is needed.</summary>
    public void Return(Session session)
    {
        if (!session.Ended)
        {
            _free.Enqueue(session);
        }
    }

    private Session Begin()
    {
        var number = Interlocked.Increment(ref _begun);
        return new Session(string.Create(CultureInfo.InvariantCulture, $"s{number}"), new Random(unchecked((int)((seed * 2654435761) ^ (ulong)number))));
    }
}
