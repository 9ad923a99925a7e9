using System.Net;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class DrainProcessTests : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new Sandbox().With("evenkeel.yaml", """
        version: 1
        name: drained
        state: {}
        services:
          web:
            command: dotnet ${EVENKEEL_SERVICES}/Albums/Albums.dll
            instances: 2
            env: { ALBUMS_STORE: state }
            health: { ready: /readyz, interval: 200ms }
        """);

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Instances_that_are_scaled_away_and_restarted_under_load_lose_no_request()
    {
        (await _sandbox.RunAsync("up", "-d")).Ended(0);
        using var load = _sandbox.Start(
            "load", new Uri(_sandbox.RunOf("drained").Gateway!, "albums").ToString(), "--rate", "20", "--duration", "30s", "--threshold",
            "errors<=0%", "--threshold", "rate>=18");
        await load.SaysAsync("1 s of 30 s");

        (await _sandbox.RunAsync("scale", "web=3")).Ended(0);
        (await _sandbox.RunAsync("restart", "web-1")).Ended(0);
        (await _sandbox.RunAsync("scale", "web=1")).Ended(0);
        Assert.False(load.HasEnded, "the load was to outlast the changes");

        (await load.EndAsync()).Ended(0).Printed("600 sent", "0 failed");
        (await _sandbox.RunAsync("down")).Ended(0);
    }

    [Fact]
    public async Task Requests_under_way_are_answered_before_down_ends_their_instance()
    {
        (await _sandbox.RunAsync("up", "-d")).Ended(0);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var slow = new SlowContent("""{"id":"kept","title":"Kept","artist":"Betty Carter","price":1}""");
        var reply = http.PostAsync(new Uri(_sandbox.RunOf("drained").Gateway!, "albums"), slow, TestContext.Current.CancellationToken);
        await slow.Begun;

        using var down = _sandbox.Start("down");
        await Eventually.TrueAsync(
            () => File.ReadAllText(Path.Combine(_sandbox.State, "run", "drained.log")).Contains("stopping", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20), () => "down has not begun");
        slow.Finish();

        Assert.Equal(HttpStatusCode.Created, (await reply).StatusCode);
        (await down.EndAsync()).Ended(0);
    }

    /// <summary>A body whose second half comes when it is told to.</summary>
    private sealed class SlowContent(string text) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void Finish() => _finish.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text[..10]));
            await stream.FlushAsync();
            _begun.SetResult();
            await _finish.Task;
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text[10..]));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = text.Length;
            return true;
        }
    }
}
