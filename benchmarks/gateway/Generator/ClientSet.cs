using System.Net;
using EvenKeel.Transport.Loops;

namespace Generator;

/// <summary>Connections to one server, the requests that wait for one of them, and how long each request took from when it was due.</summary>
internal sealed class ClientSet(EventLoop loop, IPEndPoint server, TimeProvider time)
{
    private readonly List<Client> _all = [];
    private readonly Stack<Client> _free = new();
    private readonly Queue<long> _waiting = new();
    private readonly List<(long Due, long Took)> _latencies = new(1 << 20);
    private TaskCompletionSource? _settled;
    private int _errors;

    /// <summary>Connections that are open.</summary>
    public int Open { get; private set; }

    /// <summary>Connections that were lost, answers that were not 200, and requests that were never answered.</summary>
    public int Errors => Volatile.Read(ref _errors);

    /// <summary>Opens connections; completes when all are open or lost.</summary>
    public Task OpenAsync(int count) => OnLoopAsync(() =>
    {
        for (var i = 0; i < count; i++)
        {
            var client = new Client(this);
            _all.Add(client);
            client.Attach(loop.Connect(server, client));
        }
    });

    /// <summary>One request on each connection that has not had one; completes when all are answered.</summary>
    public Task AskAllAsync() => OnLoopAsync(() =>
    {
        var now = time.GetTimestamp();
        foreach (var client in _all.Where(client => client.Answers == 0))
        {
            client.Ask(now);
        }

        _free.Clear();
    });

    /// <summary>Requests on whichever connections are free, or get free next. Any thread may call it.</summary>
    public void Ask(int count, long due) => loop.Post(
        _ =>
        {
            for (var i = 0; i < count; i++)
            {
                if (_free.TryPop(out var client))
                {
                    client.Ask(due);
                }
                else
                {
                    _waiting.Enqueue(due);
                }
            }
        },
        null);

    /// <summary>Waits for the answers that are due.</summary>
    /// <returns>What each request that was due after <paramref name="from"/> took, in ticks of the clock, sorted.</returns>
    public async Task<long[]> FinishAsync(TimeSpan limit, long from)
    {
        try
        {
            await OnLoopAsync(static () => { }).WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            Interlocked.Add(ref _errors, _waiting.Count + _all.Count(client => client.IsBusy));
        }

        var taken = new TaskCompletionSource<long[]>();
        loop.Post(_ => taken.SetResult([.. _latencies.Where(one => one.Due >= from).Select(one => one.Took).Order()]), null);
        return await taken.Task;
    }

    /// <summary>A connection is open.</summary>
    public void Opened(Client client)
    {
        Open++;
        Free(client);
    }

    /// <summary>An answer is whole.</summary>
    public void Answered(Client client, long due, bool isGood)
    {
        _latencies.Add((due, time.GetTimestamp() - due));
        _errors += isGood ? 0 : 1;
        Free(client);
    }

    /// <summary>A connection was lost.</summary>
    public void Lost(Client client)
    {
        Open -= client.WasOpen ? 1 : 0;
        _errors++;
        _all.Remove(client);
        CheckSettled();
    }

    private void Free(Client client)
    {
        if (_waiting.TryDequeue(out var due))
        {
            client.Ask(due);
            return;
        }

        _free.Push(client);
        CheckSettled();
    }

    private void CheckSettled()
    {
        if (_settled is { } settled && _waiting.Count == 0 && _all.TrueForAll(client => client is { WasOpen: true, IsBusy: false }))
        {
            _settled = null;
            settled.SetResult();
        }
    }

    private Task OnLoopAsync(Action action)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(
            _ =>
            {
                _settled = settled;
                action();
                CheckSettled();
            },
            null);
        return settled.Task;
    }
}
