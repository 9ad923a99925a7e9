using System.Net;
using System.Net.Http.Headers;
using EvenKeel.Cli.Control;

namespace EvenKeel.Cli.Tests.Control;

public sealed class ControlServerTests
{
    private const string Token = "secret";

    [Fact]
    public async Task Whoever_asks_for_the_end_is_answered_though_the_server_ends_with_the_cluster()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ControlServer? server = null;

        // The worst order: the handler is not over before the server has ended.
        void Down()
        {
            server!.DisposeAsync().AsTask().Wait(cancellation);
            asked.SetResult();
        }

        server = await ControlServer.StartAsync(cluster: null!, Token, Down, cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);

        using var reply = await http.PostAsync(new Uri("api/v1/cluster:down", UriKind.Relative), content: null, cancellation);

        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellation);
    }
}
