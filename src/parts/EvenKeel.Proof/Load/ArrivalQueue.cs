using System.Threading.Channels;

namespace EvenKeel.Proof.Load;

/// <summary>
/// Requests whose time has come, and as many workers as there may be requests under way. Arrivals are never dropped: when all workers are busy they
/// wait here, 8 bytes each, and at most as many as the plan has.
/// </summary>
internal sealed class ArrivalQueue(int workers, Func<TimeSpan, CancellationToken, Task> send, CancellationToken cancellationToken)
{
    private readonly Channel<TimeSpan> _arrivals = Channel.CreateUnbounded<TimeSpan>(new UnboundedChannelOptions { SingleWriter = true });
    private readonly List<Task> _workers = [];
    private long _waiting;
    private long _queued;
    private long _idle;
    private long _abandoned;

    /// <summary>Arrivals without an outcome yet.</summary>
    public long Waiting => Volatile.Read(ref _waiting);

    /// <summary>Arrivals that were still waiting for a connection when the load was stopped. Final after <see cref="CompleteAsync"/>.</summary>
    public long Abandoned => Volatile.Read(ref _abandoned);

    /// <summary>Adds an arrival and, when fewer workers are idle than arrivals wait and more are allowed, starts one. Called by one thread at a time.</summary>
    public void Add(TimeSpan intended)
    {
        Interlocked.Increment(ref _waiting);
        var queued = Interlocked.Increment(ref _queued);
        _arrivals.Writer.TryWrite(intended);
        if (queued > Volatile.Read(ref _idle) && _workers.Count < workers)
        {
            _workers.Add(Task.Run(WorkAsync, CancellationToken.None));
        }
    }

    /// <summary>No more arrivals: waits until all have an outcome.</summary>
    public async Task CompleteAsync()
    {
        _arrivals.Writer.Complete();
        await Task.WhenAll(_workers).ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            while (_arrivals.Reader.TryRead(out var intended))
            {
                Interlocked.Decrement(ref _queued);
                if (cancellationToken.IsCancellationRequested)
                {
                    Interlocked.Increment(ref _abandoned);
                    continue;
                }

                await send(intended, cancellationToken).ConfigureAwait(false);
                Interlocked.Decrement(ref _waiting);
            }

            Interlocked.Increment(ref _idle);
            var more = await _arrivals.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false);
            Interlocked.Decrement(ref _idle);
            if (!more)
            {
                return;
            }
        }
    }
}
