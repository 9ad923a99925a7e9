using System.Collections.Concurrent;
using System.ComponentModel;
using System.Runtime.InteropServices;
using EvenKeel.Fleet.Processes.Native;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>
/// One thread that waits for the ends of all processes and for the output of all of them; without it each pipe would block a thread of the
/// pool. The callbacks run on it one after the other, so they only complete tasks.
/// </summary>
internal sealed unsafe class DescriptorPoller
{
    private const int Batch = 64;
    private static readonly Lazy<DescriptorPoller> Instance = new(() => new DescriptorPoller());
    private readonly ConcurrentDictionary<long, Action> _callbacks = new();
    private readonly int _epoll;
    private long _lastToken;

    private DescriptorPoller()
    {
        _epoll = EpollCalls.Create();
        if (_epoll < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "No epoll descriptor could be opened: raise the limit of open files (ulimit -n).");
        }

        new Thread(Run) { IsBackground = true, Name = "evenkeel process watch" }.Start();
    }

    /// <summary>The one of this process; it starts with the first use and never ends.</summary>
    public static DescriptorPoller Shared => Instance.Value;

    /// <summary>Makes a token for a callback; the callback is called once for every time that <see cref="Arm"/> is.</summary>
    public long Register(Action callback)
    {
        long token = Interlocked.Increment(ref _lastToken);
        _callbacks[token] = callback;
        return token;
    }

    /// <summary>Calls back once when the descriptor can be read, has ended or has failed.</summary>
    /// <exception cref="IOException">The kernel refused it: the limit of watched descriptors (fs.epoll.max_user_watches) is reached.</exception>
    public void Arm(SafeFileHandle descriptor, long token, bool first)
    {
        if (EpollCalls.Control(_epoll, first ? EpollCalls.Add : EpollCalls.Modify, descriptor, EpollCalls.ReadableOnce, token) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw new IOException(
                $"The kernel refused to watch a descriptor ({Marshal.GetPInvokeErrorMessage(error)}): raise fs.epoll.max_user_watches.");
        }
    }

    /// <summary>Forgets a callback. The descriptor leaves the kernel's list when it is closed.</summary>
    public void Forget(long token) => _callbacks.TryRemove(token, out _);

    private void Run()
    {
        byte* records = stackalloc byte[Batch * 16];
        while (true)
        {
            int count = EpollCalls.Wait(_epoll, records, Batch, -1);
            for (int index = 0; index < count; index++)
            {
                if (_callbacks.TryGetValue(EpollCalls.Token(records, index), out Action? callback))
                {
                    callback();
                }
            }
        }
    }
}
