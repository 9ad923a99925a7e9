using System.Collections.Concurrent;
using System.Net.Sockets;

namespace EvenKeel.Cli.Tests.Endurance;

/// <summary>
/// GET requests at a fixed rate, whenever it is their time, on one of a few kept connections or a new one. Nothing is repeated. With 256
/// unanswered it waits, so that a machine that is too busy makes it slower and not larger. A rate of zero means as fast as eight connections go.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Closed = 8;
    private const int MaxOpen = 256;
    private readonly Uri _url;
    private readonly string _path;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<PlainClient> _idle = [];
    private readonly Task _run;
    private long _sent;
    private long _answered;

    public SteadyLoad(Uri url, string path, double rate)
    {
        (_url, _path) = (url, path);
        _run = Task.Run(() => rate > 0 ? PaceAsync(rate) : Task.WhenAll(Enumerable.Range(0, Closed).Select(_ => RepeatAsync())));
    }

    public long Sent => Volatile.Read(ref _sent);

    public long Answered => Volatile.Read(ref _answered);

    /// <summary>What was not a whole response with status 200.</summary>
    public ConcurrentQueue<string> Failures { get; } = [];

    /// <summary>Sends nothing more and waits for what is under way.</summary>
    public async Task FinishAsync()
    {
        await _stop.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        foreach (var client in _idle)
        {
            client.Dispose();
        }

        _stop.Dispose();
    }

    private async Task RepeatAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await AskAsync();
        }
    }

    private async Task PaceAsync(double rate)
    {
        var start = TimeProvider.System.GetTimestamp();
        var open = new List<Task>();
        var skipped = 0L;
        while (!_stop.IsCancellationRequested)
        {
            var due = (long)(TimeProvider.System.GetElapsedTime(start).TotalSeconds * rate);
            while (Sent + skipped < due && open.Count < MaxOpen)
            {
                open.Add(AskAsync());
            }

            // What could not be sent in its time is not sent later, all at once.
            skipped = Math.Max(skipped, due - Sent);

            open.RemoveAll(task => task.IsCompletedSuccessfully);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(open);
    }

    private async Task AskAsync()
    {
        Interlocked.Increment(ref _sent);
        PlainClient? client = null;
        try
        {
            client = _idle.TryTake(out var idle) ? idle : await PlainClient.ConnectAsync(_url);
            var reply = await client.GetAsync(_path);
            _idle.Add(client);
            if (reply.Status != 200)
            {
                Failures.Enqueue($"{reply.Status} of {reply.Instance ?? "the gateway"}: {reply.Body}");
            }
        }
        catch (Exception error) when (error is SocketException or EndOfStreamException)
        {
            client?.Dispose();
            Failures.Enqueue(error.Message);
        }

        Interlocked.Increment(ref _answered);
    }
}
