using System.Net;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Transport.Loops;

/// <summary>
/// What the loops of all transports share: the thread, posted callbacks, timers, the turns of connections and the end. A transport adds how
/// to wait for sockets and how to be woken.
/// </summary>
internal abstract class LoopThread : EventLoop
{
    private const int MaxClosingPasses = 8;
    private static readonly TimeSpan TickLength = TimeSpan.FromMilliseconds(10);

    private readonly Thread _thread;
    private readonly WorkQueue _posted = new();
    private readonly TimerWheel _timers = new();
    private readonly Queue<ILoopWork> _ready = new(256);
    private readonly List<StreamConnection> _connections = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LoopAlarm? _alarm;
    private readonly long _start;
    private long _timestamp;
    private bool _ending;
    private int _closingPasses;

    /// <summary>Makes the loop; its thread runs after <see cref="Start"/>.</summary>
    protected LoopThread(int index, LoopGroupOptions options)
    {
        Index = index;
        Options = options;
        Buffer = GC.AllocateUninitializedArray<byte>(options.Headroom + options.ReceiveBuffer, pinned: true);
        _start = _timestamp = options.Time.GetTimestamp();
        _alarm = ReferenceEquals(options.Time, TimeProvider.System) ? null : new LoopAlarm(options.Time, Wake);
        _thread = new Thread(Run) { IsBackground = true, Name = $"loop-{index}" };
    }

    /// <inheritdoc/>
    public override int Index { get; }

    /// <inheritdoc/>
    public override bool IsCurrent => Thread.CurrentThread == _thread;

    /// <inheritdoc/>
    public override long Timestamp => _timestamp;

    /// <summary>The options of the group.</summary>
    public LoopGroupOptions Options { get; }

    /// <summary>The one receive buffer: the headroom, then the received bytes. Pinned.</summary>
    public byte[] Buffer { get; }

    /// <summary>Where decrypted bytes are put, while the ciphertext is in <see cref="Buffer"/>. Made when it is first needed.</summary>
    public byte[] PlainBuffer
        => field ??= GC.AllocateUninitializedArray<byte>(Options.Headroom + Options.ReceiveBuffer, pinned: true);

    /// <summary>The descriptors that connections must leave.</summary>
    public DescriptorReserve Reserve { get; } = DescriptorReserve.OfProcess();

    /// <summary>Bounds the work for TLS handshakes.</summary>
    public HandshakeGate Handshakes => field ??= new HandshakeGate(this);

    /// <summary>How many times the loop has looked at its sockets.</summary>
    public long Turns { get; private set; }

    /// <summary>True once the loop's end has begun: nothing new is opened.</summary>
    public bool IsEnding => _ending;

    /// <summary>Completes when the loop's thread has done its last work.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <inheritdoc/>
    public override void Post(Action<object?> callback, object? state) => TryPost(callback, state);

    /// <summary>Like <see cref="Post"/>, and tells whether the callback will run.</summary>
    public bool TryPost(Action<object?> callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        bool added = _posted.TryAdd(callback, state, out bool wake);
        if (wake && !IsCurrent)
        {
            Wake();
        }

        return added;
    }

    /// <inheritdoc/>
    public override LoopTimer Schedule(TimeSpan delay, Action<object?> callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return _timers.Add(DueTick(delay), callback, state);
    }

    /// <inheritdoc/>
    public override void Restart(LoopTimer timer, TimeSpan delay) => _timers.Restart((WheelTimer)timer, DueTick(delay));

    /// <summary>Gives the work a turn after those that wait already. Harmless when it waits.</summary>
    public void Schedule(ILoopWork work)
    {
        if (!work.IsScheduled)
        {
            work.IsScheduled = true;
            _ready.Enqueue(work);
        }
    }

    /// <summary>Takes a connection into the set that the loop's end closes.</summary>
    public void Add(StreamConnection connection)
    {
        connection.Position = _connections.Count;
        _connections.Add(connection);
    }

    /// <summary>Takes a closed connection out.</summary>
    public void Remove(StreamConnection connection)
    {
        StreamConnection last = _connections[^1];
        _connections[connection.Position] = last;
        last.Position = connection.Position;
        _connections.RemoveAt(_connections.Count - 1);
    }

    /// <summary>Notes the time before a callback.</summary>
    public long Enter() => Options.Time.GetTimestamp();

    /// <summary>Reports a callback that took too long.</summary>
    public void Leave(long entered, string callback)
    {
        TimeSpan elapsed = Options.Time.GetElapsedTime(entered);
        if (elapsed > Options.BlockedAfter)
        {
            Options.Observer?.OnBlocked(this, elapsed, callback);
        }
    }

    /// <summary>Reports a callback that threw.</summary>
    public void Report(Exception error) => Options.Observer?.OnHandlerFailed(this, error);

    /// <summary>Begins the end; <see cref="Ended"/> follows. Any thread may call it.</summary>
    public void End() => Post(static loop => ((LoopThread)loop!)._ending = true, this);

    /// <summary>Makes a waiting loop return from <see cref="Wait"/>. Any thread may call it.</summary>
    protected abstract void Wake();

    /// <summary>Waits for sockets or <see cref="Wake"/> for at most <paramref name="milliseconds"/>, -1 for ever, and schedules what got ready.</summary>
    protected abstract void Wait(int milliseconds);

    /// <summary>Called last on the loop's thread: closes what the transport's loop holds itself.</summary>
    protected abstract void Release();

    /// <summary>Called when the end begins, before connections are closed: closes listening sockets.</summary>
    protected abstract void CloseListeners();

    /// <summary>Creates the transport's connection and begins to connect it.</summary>
    protected abstract StreamConnection BeginConnect(IPEndPoint remote, ConnectionHandler handler);

    /// <inheritdoc/>
    public override Connection Connect(IPEndPoint remote, ConnectionHandler handler)
    {
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(handler);
        if (_closingPasses > MaxClosingPasses)
        {
            throw new InvalidOperationException("The loop has ended: do not connect again after OnClosed said LoopEnded");
        }

        return BeginConnect(remote, handler);
    }

    // The turn's timestamp may be old by what the turn took so far; counted from it, a timer could run too early.
    private long DueTick(TimeSpan delay)
    {
        TimeSpan due = Options.Time.GetElapsedTime(_start) + TimeSpan.FromTicks(Math.Clamp(delay.Ticks, 0, TimeSpan.TicksPerDay * 3650));
        return (due.Ticks + TickLength.Ticks - 1) / TickLength.Ticks;
    }

    private void Run()
    {
        while (!_ending)
        {
            Wait(WaitLimit());
            _timestamp = Options.Time.GetTimestamp();
            Turns++;
            RunTimers();
            RunPosted();
            RunReady();
        }

        Finish();
    }

    private int WaitLimit()
    {
        if (_ready.Count > 0 || !_posted.IsEmpty)
        {
            return 0;
        }

        long? next = _timers.NextTick();
        TimeSpan now = Options.Time.GetElapsedTime(_start);
        if (_alarm is null)
        {
            return next is { } tick ? (int)Math.Clamp(((tick * TickLength) - now).TotalMilliseconds + 1, 0, 60_000) : -1;
        }

        // A foreign clock may be advanced between reading it and setting the alarm: then the alarm is set again.
        for (int attempt = 0; attempt < 8; attempt++)
        {
            TimeSpan? delay = next is { } due ? (due * TickLength) - now : null;
            if (delay <= TimeSpan.Zero)
            {
                return 0;
            }

            _alarm.Set(delay);
            TimeSpan then = Options.Time.GetElapsedTime(_start);
            if (then == now)
            {
                break;
            }

            now = then;
        }

        return -1;
    }

    private void RunTimers()
    {
        long now = Options.Time.GetElapsedTime(_start, _timestamp).Ticks / TickLength.Ticks;
        while (_timers.TakeDue(now) is { } timer)
        {
            Invoke(timer.Callback, timer.State, "timer");
        }
    }

    private void RunPosted()
    {
        foreach (ref WorkQueue.Item item in _posted.Take())
        {
            WorkQueue.Item current = item;
            item = default;
            Invoke(current.Callback, current.State, "posted");
        }
    }

    private void RunReady()
    {
        // Work that is scheduled meanwhile waits until sockets were looked at again: nobody starves.
        for (int turns = _ready.Count; turns > 0; turns--)
        {
            ILoopWork work = _ready.Dequeue();
            work.IsScheduled = false;
            work.Turn();
        }
    }

    private void Invoke(Action<object?> callback, object? state, string name)
    {
        long entered = Enter();
        try
        {
            callback(state);
        }
        catch (Exception error)
        {
            Report(error);
        }

        Leave(entered, name);
    }

    private void Finish()
    {
        CloseListeners();
        CloseConnections();
        _posted.Close();

        // What was posted before the queue closed still runs: an accepted socket on its way to this loop is closed by its own callback.
        RunPosted();
        CloseConnections();
        _alarm?.Dispose();
        Release();
        _ended.SetResult();
    }

    private void CloseConnections()
    {
        // A connection that a handler makes in OnClosed is closed as well, on the next pass.
        while (_connections.Count > 0 || _ready.Count > 0)
        {
            _closingPasses++;
            for (int i = _connections.Count - 1; i >= 0; i--)
            {
                _connections[i].EndWithLoop();
            }

            RunReady();
        }
    }
}
