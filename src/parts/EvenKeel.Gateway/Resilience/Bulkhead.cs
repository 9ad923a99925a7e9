using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Resilience;

/// <summary>
/// The limits of a service's requests in flight, and the queue of those that wait for their turn. Limits are hard: a request is counted by one
/// atomic operation before it is sent, and taken back if it was too many. The order is that of arrival:
/// <list type="number">
/// <item>a request that comes while others wait waits behind them;</item>
/// <item>when room may have become free, as many as there is room for are woken, each on its own loop by a post, which never blocks;</item>
/// <item>a woken request tries again. If another was faster it goes back to its place in front.</item>
/// </list>
/// </summary>
/// <param name="roomAtInstances">How many more requests the instances of the service may get.</param>
internal sealed class Bulkhead(Func<long> roomAtInstances)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Turn> _queue = new();
    private PaddedCounter _inFlight;
    private volatile int _limit;
    private volatile int _instanceLimit;
    private volatile int _queueLimit;
    private volatile int _waiting;
    private int _woken;
    private long _last;
    private long _waitTicks;

    /// <summary>Requests that hold a place; counted only while there is a limit.</summary>
    public int InFlight => _inFlight.Value;

    /// <summary>Requests that wait for their turn.</summary>
    public int Waiting => _waiting;

    /// <summary>Requests in flight at each instance; 0 for any number.</summary>
    public int InstanceLimit => _instanceLimit;

    /// <summary>How long a request may wait.</summary>
    public TimeSpan Wait => TimeSpan.FromTicks(Interlocked.Read(ref _waitTicks));

    /// <summary>Takes options. Requests that have begun or wait are not touched.</summary>
    public void Configure(ConcurrencyOptions options)
    {
        _limit = options.Service;
        _instanceLimit = options.Instance;
        _queueLimit = options.Queue;
        Interlocked.Exchange(ref _waitTicks, options.Wait.Ticks);
        Freed();
    }

    /// <summary>Asks for a place.</summary>
    /// <param name="woken">True for a request that has waited and was woken: it does not stand behind the others.</param>
    /// <param name="holds">True when <see cref="Leave"/> must follow.</param>
    /// <returns>False when the request has to wait.</returns>
    public bool TryEnter(bool woken, out bool holds)
    {
        holds = false;
        if (!woken && _waiting > 0)
        {
            return false;
        }

        int limit = _limit;
        if (limit == 0)
        {
            return true;
        }

        if (_inFlight.Increment() < limit)
        {
            holds = true;
            return true;
        }

        _inFlight.Decrement();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        _inFlight.Decrement();
        Freed();
    }

    /// <summary>There may be room, here or at an instance.</summary>
    public void Freed()
    {
        if (_waiting > 0)
        {
            lock (_gate)
            {
                Wake();
            }
        }
    }

    /// <summary>Begins to wait, or waits again.</summary>
    /// <returns>False when the queue is full; one that was woken always finds its place again.</returns>
    public bool TryWait(Turn turn)
    {
        lock (_gate)
        {
            bool isNew = turn.Number == 0;
            if (isNew && _queue.Count >= _queueLimit)
            {
                return false;
            }

            turn.Number = isNew ? ++_last : turn.Number;
            Insert(turn);

            // Room that became free between the refusal and now woke nobody.
            Wake();
            return true;
        }
    }

    /// <summary>Waits no longer: the client has gone, or its time is over. Called on the turn's loop.</summary>
    public void Cancel(Turn turn)
    {
        turn.Exchange = null;
        lock (_gate)
        {
            if (turn.Node.List is not null)
            {
                _queue.Remove(turn.Node);
                _waiting = _queue.Count;
            }
        }
    }

    private void Insert(Turn turn)
    {
        LinkedListNode<Turn>? behind = _queue.Last;
        if (behind is not null && behind.Value.Number > turn.Number)
        {
            for (behind = _queue.First; behind!.Value.Number < turn.Number; behind = behind.Next)
            {
            }

            _queue.AddBefore(behind, turn.Node);
        }
        else
        {
            _queue.AddLast(turn.Node);
        }

        _waiting = _queue.Count;
    }

    private void Wake()
    {
        if (_queue.Count == 0)
        {
            return;
        }

        int limit = _limit;
        long room = limit == 0 ? long.MaxValue : limit - _inFlight.Value;
        room = Math.Min(room, roomAtInstances()) - _woken;
        for (; room > 0 && _queue.First is { } first; room--)
        {
            _queue.RemoveFirst();
            _woken++;
            first.Value.Loop.Post(static state => Run((Turn)state!), first.Value);
        }

        _waiting = _queue.Count;
    }

    private static void Run(Turn turn)
    {
        try
        {
            turn.Exchange?.OnTurn();
        }
        finally
        {
            turn.Bulkhead.EndTurn();
        }
    }

    private void EndTurn()
    {
        lock (_gate)
        {
            _woken--;
            Wake();
        }
    }
}
