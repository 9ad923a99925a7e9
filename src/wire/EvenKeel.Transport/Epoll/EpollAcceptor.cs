using System.ComponentModel;
using System.Runtime.InteropServices;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Epoll;

/// <summary>One loop's listening socket of a listener. The kernel spreads connections over those of all loops.</summary>
internal sealed unsafe class EpollAcceptor(EpollLoop loop, int descriptor, AcceptGate gate, IConnectionAcceptor acceptor) : ILoopWork, IEpollTarget
{
    private const int AcceptsPerTurn = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _descriptor = descriptor;
    private int _slot = -1;
    private bool _paused;

    /// <inheritdoc/>
    public bool IsScheduled { get; set; }

    /// <summary>The loop.</summary>
    public EpollLoop Loop => loop;

    /// <summary>Completes when the descriptor is closed.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Begins to accept, on the loop.</summary>
    public void Open()
    {
        if (_descriptor < 0)
        {
            return;
        }

        if (loop.IsEnding)
        {
            Close();
            return;
        }

        loop.Add(this);
        _slot = loop.Register(_descriptor, this);
        if (_slot < 0)
        {
            Close();
            return;
        }

        loop.Schedule(this);
    }

    /// <summary>Closes the descriptor, on the loop. Harmless when it is closed.</summary>
    public void Close()
    {
        if (_descriptor < 0)
        {
            return;
        }

        if (_slot >= 0)
        {
            loop.Unregister(_slot);
        }

        loop.Remove(this);
        Descriptors.Close(_descriptor, reset: false);
        _descriptor = -1;
        _closed.TrySetResult();
    }

    /// <inheritdoc/>
    public void OnEvents(uint events) => Accept();

    /// <summary>Asks for a turn, on the loop.</summary>
    public void Accept()
    {
        if (!_paused)
        {
            loop.Schedule(this);
        }
    }

    /// <inheritdoc/>
    public void Turn()
    {
        // Edge-triggered: it goes on until the kernel says that nobody waits, the gate is full, or an error pauses it.
        byte* address = stackalloc byte[SocketAddress.MaxLength];
        for (int i = 0; i < AcceptsPerTurn; i++)
        {
            if (_descriptor < 0 || _paused || loop.IsEnding || !gate.TryTake())
            {
                return;
            }

            uint length = SocketAddress.MaxLength;
            int accepted = Libc.Accept4(_descriptor, address, &length, LinuxValues.SocketNonBlocking | LinuxValues.SocketCloseOnExec);
            if (accepted >= 0)
            {
                var remote = SocketAddress.Read(new ReadOnlySpan<byte>(address, SocketAddress.MaxLength));
                new EpollConnection(loop, remote, accepted, gate).Open(acceptor);
                if (loop.Reserve.EndsAccepting(accepted))
                {
                    PauseAccepting(loop.Reserve.Reason);
                    return;
                }

                continue;
            }

            int error = Marshal.GetLastSystemError();
            gate.Release();
            switch (error)
            {
                case LinuxValues.ErrorAgain:
                    return;
                case LinuxValues.ErrorInterrupted or LinuxValues.ErrorConnectionAborted:
                    continue;
                default:
                    PauseAccepting($"{new Win32Exception(error).Message} (errno {error})");
                    return;
            }
        }

        loop.Schedule(this);
    }

    private void PauseAccepting(string reason)
    {
        _paused = true;
        loop.Options.Observer?.OnAcceptPaused(loop, Pause, reason);
        loop.Schedule(
            Pause,
            static state =>
            {
                var self = (EpollAcceptor)state!;
                if (self.Loop.Reserve.AllowsAccepting())
                {
                    self._paused = false;
                    self.Accept();
                }
                else
                {
                    self.PauseAccepting(self.Loop.Reserve.Reason);
                }
            },
            this);
    }
}
