using System.Diagnostics.CodeAnalysis;
using System.Net;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Epoll;

/// <summary>
/// A loop that waits in epoll. A socket is registered once, edge-triggered for both directions; afterwards no call changes it, and readiness
/// is remembered by its connection until an operation says that it is used up.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Release frees everything when the loop's thread ends")]
internal sealed unsafe class EpollLoop : LoopThread
{
    private const int EventsPerWait = 512;
    private const ulong WakeKey = ulong.MaxValue;

    private readonly int _epoll;
    private readonly int _wake;
    private readonly EpollEvents _events = new(EventsPerWait);
    private readonly List<EpollAcceptor> _acceptors = [];
    private readonly Stack<int> _free = new();
    private readonly Lock _wakeGate = new();
    private Slot[] _slots = new Slot[256];
    private int _used;
    private bool _released;

    /// <summary>Makes the loop and its descriptors.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">No descriptor is left.</exception>
    public EpollLoop(int index, LoopGroupOptions options)
        : base(index, options)
    {
        _epoll = Libc.EpollCreate(LinuxValues.SocketCloseOnExec);
        if (_epoll < 0)
        {
            throw Descriptors.LastError();
        }

        _wake = Libc.EventFd(0, LinuxValues.SocketCloseOnExec | LinuxValues.SocketNonBlocking);
        if (_wake < 0 || !Register(_wake, LinuxValues.EpollIn | LinuxValues.EpollEdge, WakeKey))
        {
            var error = Descriptors.LastError();
            Release();
            throw error;
        }
    }

    /// <summary>Registers a socket, edge-triggered for both directions.</summary>
    /// <returns>The slot that <see cref="Unregister"/> frees, or -1 when the kernel refused.</returns>
    public int Register(int descriptor, IEpollTarget target)
    {
        if (!_free.TryPop(out int index))
        {
            if (_used == _slots.Length)
            {
                Array.Resize(ref _slots, _used * 2);
            }

            index = _used++;
        }

        ref Slot slot = ref _slots[index];
        slot.Target = target;
        const uint Interest = LinuxValues.EpollIn | LinuxValues.EpollOut | LinuxValues.EpollReadHangUp | LinuxValues.EpollEdge;
        if (Register(descriptor, Interest, ((ulong)slot.Generation << 32) | (uint)index))
        {
            return index;
        }

        Unregister(index);
        return -1;
    }

    /// <summary>
    /// Frees a slot, right before or after its descriptor is closed. Closing takes the socket out of epoll, unless a process that is being
    /// started holds a copy until it executes: what epoll says of it until then has the generation before and is dropped.
    /// </summary>
    public void Unregister(int index)
    {
        ref Slot slot = ref _slots[index];
        slot.Target = null;
        slot.Generation++;
        _free.Push(index);
    }

    /// <summary>The pipes that connections of this loop borrow.</summary>
    public PipePool Pipes { get; } = new();

    /// <summary>Adds a listening socket of this loop.</summary>
    public void Add(EpollAcceptor acceptor) => _acceptors.Add(acceptor);

    /// <summary>Forgets a listening socket that was closed.</summary>
    public void Remove(EpollAcceptor acceptor) => _acceptors.Remove(acceptor);

    /// <inheritdoc/>
    protected override void Wake()
    {
        ulong one = 1;
        lock (_wakeGate)
        {
            if (!_released)
            {
                _ = Libc.Write(_wake, &one, sizeof(ulong));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Wait(int milliseconds)
    {
        // A loop under load nearly always finds events: the look without a transition saves it; only an idle loop pays for both calls.
        int count = Libc.EpollLook(_epoll, _events.Pointer, EventsPerWait, 0);
        if (count == 0 && milliseconds != 0)
        {
            count = Libc.EpollWait(_epoll, _events.Pointer, EventsPerWait, milliseconds);
        }

        // Interrupted counts as nothing: the loop comes back.
        for (int i = 0; i < count; i++)
        {
            (uint events, ulong key) = _events[i];
            if (key == WakeKey)
            {
                ulong posts;
                _ = Libc.Read(_wake, &posts, sizeof(ulong));
                continue;
            }

            ref Slot slot = ref _slots[(int)(uint)key];
            if (slot.Generation == (uint)(key >> 32))
            {
                slot.Target?.OnEvents(events);
            }
        }
    }

    /// <inheritdoc/>
    protected override StreamConnection BeginConnect(IPEndPoint remote, ConnectionHandler handler)
    {
        var connection = new EpollConnection(this, remote) { Handler = handler };
        Add(connection);
        connection.BeginConnect();
        return connection;
    }

    /// <inheritdoc/>
    protected override void CloseListeners()
    {
        foreach (EpollAcceptor acceptor in _acceptors.ToArray())
        {
            acceptor.Close();
        }
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        lock (_wakeGate)
        {
            // A post of another thread that comes too late must not write to whatever has the number next.
            _released = true;
            _ = Libc.Close(_wake);
        }

        Pipes.Dispose();
        _ = Libc.Close(_epoll);
        _events.Dispose();
    }

    private bool Register(int descriptor, uint events, ulong key)
    {
        byte* @event = stackalloc byte[16];
        EpollEvents.Write(@event, events, key);
        return Libc.EpollControl(_epoll, LinuxValues.EpollAdd, descriptor, @event) == 0;
    }

    private struct Slot
    {
        public IEpollTarget? Target;
        public uint Generation;
    }
}
