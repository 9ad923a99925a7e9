using System.Net;
using System.Net.Sockets;
using EvenKeel.Gateway.Loops;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway;

/// <summary>From start to end: the state and the listeners of a gateway, whatever it carries. Any thread may call its members.</summary>
internal sealed class GatewayLifecycle(IReadOnlyList<IGatewayLoop> loops, TimeProvider time)
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private IReadOnlyList<Listener> _listeners = [];
    private GatewayState _state;

    /// <summary>Raised after each change of <see cref="State"/>, on the thread that changed it.</summary>
    public event Action<GatewayState>? Changed;

    /// <summary>What the gateway is doing.</summary>
    public GatewayState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Listens on an address.</summary>
    /// <exception cref="AddressInUseException">The address is busy or not allowed.</exception>
    public static Listener Listen(
        LoopGroup group, IPEndPoint address, ListenOptions limits, Func<EventLoop, IConnectionAcceptor> acceptorOf, string setting = "gateway.listen")
    {
        try
        {
            return group.Listen(address, limits, acceptorOf);
        }
        catch (SocketException error)
        {
            throw new AddressInUseException(address, error.SocketErrorCode == SocketError.AddressAlreadyInUse, error, setting);
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="listen">Opens the listeners; when it throws, the state stays as it was.</param>
    /// <returns>The addresses, with the ports that the system chose.</returns>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public IReadOnlyList<IPEndPoint> Start(Func<IReadOnlyList<Listener>> listen)
    {
        lock (_lock)
        {
            if (_state != GatewayState.Created)
            {
                throw new InvalidOperationException($"The gateway was started before and is {_state}: make a new one.");
            }

            _listeners = listen();
            _state = GatewayState.Running;
        }

        Post(static loop => loop.Start());
        Changed?.Invoke(GatewayState.Running);
        return [.. _listeners.Select(listener => listener.Local)];
    }

    /// <summary>Takes a listener that was opened since the start: it is closed with the others.</summary>
    /// <returns>False when the gateway does not run any more: the listener is the caller's to close.</returns>
    public bool TryAdd(Listener listener)
    {
        lock (_lock)
        {
            if (_state != GatewayState.Running)
            {
                return false;
            }

            _listeners = [.. _listeners, listener];
            return true;
        }
    }

    /// <summary>Closes one listener; its connections live on.</summary>
    public async Task CloseAsync(Listener listener)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners.Where(one => one != listener)];
        }

        await listener.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Changes from running to draining; <see cref="DrainAsync"/> follows.</summary>
    /// <returns>False when it does not run.</returns>
    public bool TryBeginDrain()
    {
        lock (_lock)
        {
            if (_state != GatewayState.Running)
            {
                return false;
            }

            _state = GatewayState.Draining;
        }

        Changed?.Invoke(GatewayState.Draining);
        return true;
    }

    /// <summary>Stops listening and waits until no client is left.</summary>
    /// <returns>False when the time was too short.</returns>
    public async Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await CloseListenersAsync().ConfigureAwait(false);
        Post(static loop => loop.Drain());
        try
        {
            await Drained().WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Stops listening and resets every connection that is left. The loops live on.</summary>
    public async ValueTask EndAsync()
    {
        bool wasStarted;
        lock (_lock)
        {
            if (_state == GatewayState.Stopped)
            {
                return;
            }

            wasStarted = _state != GatewayState.Created;
            _state = GatewayState.Stopped;
        }

        Changed?.Invoke(GatewayState.Stopped);
        if (!wasStarted)
        {
            return;
        }

        await CloseListenersAsync().ConfigureAwait(false);
        Post(static loop => loop.End());
        try
        {
            await Drained().WaitAsync(EndTimeout, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The loops ended before the gateway did; they closed its connections themselves.
        }
    }

    private async Task CloseListenersAsync()
    {
        IReadOnlyList<Listener> listeners;
        lock (_lock)
        {
            listeners = _listeners;
        }

        foreach (Listener listener in listeners)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task Drained() => Task.WhenAll(loops.Select(loop => loop.Drained));

    private void Post(Action<IGatewayLoop> action)
    {
        foreach (IGatewayLoop loop in loops)
        {
            loop.Events.Post(static state => { var (act, on) = ((Action<IGatewayLoop>, IGatewayLoop))state!; act(on); }, (action, loop));
        }
    }
}
