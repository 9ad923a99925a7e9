using System.Net.Sockets;

namespace EvenKeel.Cli.Tests.Endurance;

/// <summary>Clients that stall in their head, reset within a response, and vanish without reading one, all the time until they are told to stop.</summary>
internal sealed class RudeClients(Uri url, string large) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private long _count;

    /// <summary>The time between two of a kind.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How many there were.</summary>
    public long Count => Volatile.Read(ref _count);

    public void Start() => _running.AddRange([RepeatAsync(StallAsync), RepeatAsync(ResetAsync), RepeatAsync(VanishAsync)]);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task RepeatAsync(Func<Task> one)
    {
        var open = new List<Task>();
        while (!_stop.IsCancellationRequested)
        {
            Interlocked.Increment(ref _count);
            open.Add(GuardAsync(one));
            open.RemoveAll(task => task.IsCompletedSuccessfully);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }

        await Task.WhenAll(open);
    }

    private static async Task GuardAsync(Func<Task> one)
    {
        try
        {
            await one();
        }
        catch (Exception error) when (error is SocketException or EndOfStreamException)
        {
            // The gateway has cut it off, as it should.
        }
    }

    private async Task StallAsync()
    {
        using var client = await PlainClient.ConnectAsync(url);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        await client.ReadHeadAsync();
    }

    private async Task ResetAsync()
    {
        using var client = await PlainClient.ConnectAsync(url);
        await client.SendAsync($"GET {large} HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadHeadAsync();
        client.Reset();
    }

    // It stays open, reads nothing and says nothing, until the gateway's time-out is over for sure.
    private async Task VanishAsync()
    {
        using var client = await PlainClient.ConnectAsync(url, receiveBuffer: 4096);
        await client.SendAsync($"GET {large} HTTP/1.1\r\nHost: a\r\n\r\n");
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, CancellationToken.None);
    }
}
