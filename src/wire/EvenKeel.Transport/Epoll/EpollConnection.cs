using System.Net;
using System.Runtime.InteropServices;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;

namespace EvenKeel.Transport.Epoll;

/// <summary>A connection over a descriptor that is registered with its loop's epoll.</summary>
internal sealed unsafe partial class EpollConnection : StreamConnection, IEpollTarget
{
    private readonly EpollLoop _loop;
    private int _descriptor = -1;
    private int _slot = -1;
    private bool _connecting;
    private bool _hangUp;
    private bool _expectsMuch;
    private int _sendFlags = LinuxValues.MessageNoSignal;

    /// <summary>Makes a connection that <see cref="BeginConnect"/> opens.</summary>
    public EpollConnection(EpollLoop loop, IPEndPoint remote)
        : base(loop, remote)
    {
        _loop = loop;
    }

    /// <summary>Makes a connection of an accepted descriptor, whose place at the gate has been taken.</summary>
    public EpollConnection(EpollLoop loop, IPEndPoint remote, int accepted, AcceptGate gate)
        : this(loop, remote)
    {
        _descriptor = accepted;
        Gate = gate;
    }

    /// <inheritdoc/>
    public override void EndFollows() => _sendFlags = LinuxValues.MessageNoSignal | LinuxValues.MessageMore;

    /// <summary>Begins to connect; whatever comes of it is heard in a later turn.</summary>
    public void BeginConnect()
    {
        if (Thread.IsEnding)
        {
            End(CloseReason.LoopEnded);
            return;
        }

        _descriptor = Descriptors.NewStream(Remote.AddressFamily);
        if (_descriptor < 0)
        {
            bool isShort = Marshal.GetLastSystemError() is LinuxValues.ErrorSystemFiles or LinuxValues.ErrorProcessFiles;
            End(isShort ? CloseReason.NoDescriptor : CloseReason.ConnectFailed);
            return;
        }

        if (Thread.Reserve.IsTooHigh(_descriptor))
        {
            Descriptors.Close(_descriptor, reset: false);
            _descriptor = -1;
            End(CloseReason.NoDescriptor);
            return;
        }

        Descriptors.SetOption(_descriptor, LinuxValues.LevelTcp, LinuxValues.OptionNoDelay, 1);
        byte* address = stackalloc byte[SocketAddress.MaxLength];
        int length = SocketAddress.Write(Remote, new Span<byte>(address, SocketAddress.MaxLength));
        int error = Libc.Connect(_descriptor, address, (uint)length) == 0 ? 0 : Marshal.GetLastSystemError();
        if (error is not (0 or LinuxValues.ErrorInProgress))
        {
            End(ReasonOf(error));
            return;
        }

        // Registered after the connect: a socket that is not connecting yet would report a hang-up.
        _connecting = true;
        RegisterOrFail(CloseReason.ConnectFailed);
    }

    /// <summary>Opens an accepted connection.</summary>
    public void Open(IConnectionAcceptor acceptor)
    {
        Adopt(acceptor);
        RegisterOrFail(CloseReason.Reset);
    }

    /// <inheritdoc/>
    public void OnEvents(uint events)
    {
        const uint Broken = LinuxValues.EpollError | LinuxValues.EpollHangUp;
        if (_connecting)
        {
            if ((events & (LinuxValues.EpollOut | Broken)) == 0)
            {
                return;
            }

            FinishConnect();
        }

        _hangUp |= (events & (LinuxValues.EpollReadHangUp | Broken)) != 0;
        if ((events & (LinuxValues.EpollIn | LinuxValues.EpollReadHangUp | Broken)) != 0)
        {
            Readable();
        }

        if ((events & (LinuxValues.EpollOut | Broken)) != 0 && QueuedBytes > 0)
        {
            Writable();
        }
    }

    /// <inheritdoc/>
    protected override int TryReceive(Span<byte> into)
    {
        fixed (byte* buffer = into)
        {
            while (true)
            {
                // How much waits is not known before: where much came, more of it is to be expected.
                nint received = _expectsMuch
                    ? Libc.ReceiveMuch(_descriptor, buffer, (nuint)into.Length, 0)
                    : Libc.Receive(_descriptor, buffer, (nuint)into.Length, 0);
                if (received >= 0)
                {
                    _expectsMuch = received > Libc.QuickBytes;
                    _isBulk = received >= BulkBytes;
                    return (int)received;
                }

                switch (Marshal.GetLastSystemError())
                {
                    case LinuxValues.ErrorInterrupted:
                        continue;
                    case LinuxValues.ErrorAgain:
                        _hangUp = false;
                        return Transfer.WouldBlock;
                    default:
                        return Transfer.Failed;
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override int TrySend(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* buffer = bytes)
        {
            while (true)
            {
                nint sent = bytes.Length > Libc.QuickBytes
                    ? Libc.SendMuch(_descriptor, buffer, (nuint)bytes.Length, _sendFlags)
                    : Libc.Send(_descriptor, buffer, (nuint)bytes.Length, _sendFlags);
                if (sent >= 0)
                {
                    return (int)sent;
                }

                switch (Marshal.GetLastSystemError())
                {
                    case LinuxValues.ErrorInterrupted:
                        continue;
                    case LinuxValues.ErrorAgain:
                        return Transfer.WouldBlock;
                    default:
                        return Transfer.Failed;
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override bool AwaitReadable()
    {
        // After a hang-up no further edge comes: what is left is read until the end is seen.
        return _hangUp;
    }

    /// <inheritdoc/>
    protected override bool AwaitWritable()
    {
        // The edge comes by itself once the socket, which has just refused bytes, takes them again.
        return false;
    }

    /// <inheritdoc/>
    protected override bool TryShutdownOutput() => Libc.Shutdown(_descriptor, LinuxValues.ShutdownWrite) == 0;

    /// <inheritdoc/>
    protected override IPEndPoint? ReadLocal() => Descriptors.LocalOf(_descriptor);

    /// <inheritdoc/>
    protected override void CloseDescriptor(bool reset)
    {
        if (_slot >= 0)
        {
            _loop.Unregister(_slot);
            _slot = -1;
        }

        if (_descriptor >= 0)
        {
            Descriptors.Close(_descriptor, reset);
            _descriptor = -1;
        }
    }

    private static CloseReason ReasonOf(int error)
        => error == LinuxValues.ErrorConnectionRefused ? CloseReason.ConnectRefused : CloseReason.ConnectFailed;

    private void FinishConnect()
    {
        _connecting = false;
        int error = 0;
        uint length = sizeof(int);
        _ = Libc.GetSockOpt(_descriptor, LinuxValues.LevelSocket, LinuxValues.OptionError, &error, &length);
        if (error == 0)
        {
            Connected();
        }
        else
        {
            End(ReasonOf(error));
        }
    }

    private void RegisterOrFail(CloseReason reason)
    {
        _slot = _loop.Register(_descriptor, this);
        if (_slot < 0)
        {
            End(reason);
        }
    }
}
