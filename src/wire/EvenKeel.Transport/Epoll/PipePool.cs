namespace EvenKeel.Transport.Epoll;

/// <summary>
/// Pipes for splice(2), of one loop and used on it only. A connection holds one for only as long as its socket does not take what is in it, so
/// that a loop whose sinks keep up needs a single one. The number is limited, because each costs two descriptors and up to a megabyte of the
/// kernel's memory; whoever gets none copies.
/// </summary>
internal sealed unsafe class PipePool : IDisposable
{
    /// <summary>The most pipes at a time, borrowed and kept.</summary>
    public const int MaxPipes = 64;

    /// <summary>What a pipe is made to hold, where the system's limit for the user allows it: 1 MiB, the default of pipe-max-size.</summary>
    public const int Capacity = 1 << 20;

    private const int MaxKept = 8;

    private readonly Stack<Pipe> _kept = new();

    /// <summary>Pipes that exist.</summary>
    public int Count { get; private set; }

    /// <summary>Borrows an empty pipe.</summary>
    /// <returns>False when there are too many, or no descriptor is left.</returns>
    public bool TryRent(out Pipe pipe)
    {
        if (_kept.TryPop(out pipe))
        {
            return true;
        }

        int* ends = stackalloc int[2];
        if (Count == MaxPipes || Libc.Pipe(ends, LinuxValues.SocketNonBlocking | LinuxValues.SocketCloseOnExec) != 0)
        {
            return false;
        }

        Count++;
        pipe = new Pipe(ends[0], ends[1]);

        // Refused when the user's pipes together are too large: it works with what it has, in more calls.
        _ = Libc.Control(pipe.WriteEnd, LinuxValues.SetPipeSize, Capacity);
        return true;
    }

    /// <summary>Takes a pipe back.</summary>
    /// <param name="pipe">The pipe.</param>
    /// <param name="isEmpty">False when bytes are left in it: it is closed then.</param>
    public void Return(Pipe pipe, bool isEmpty)
    {
        if (isEmpty && _kept.Count < MaxKept)
        {
            _kept.Push(pipe);
        }
        else
        {
            Close(pipe);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_kept.TryPop(out Pipe pipe))
        {
            Close(pipe);
        }
    }

    private void Close(Pipe pipe)
    {
        Count--;
        _ = Libc.Close(pipe.ReadEnd);
        _ = Libc.Close(pipe.WriteEnd);
    }
}
