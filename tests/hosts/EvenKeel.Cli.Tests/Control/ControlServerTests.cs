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

    [Theory]
    [InlineData("GET", "api/v1/nope")]
    [InlineData("GET", "")]
    [InlineData("POST", "api/v1/endpoints/web-1:frob")]
    [InlineData("GET", "api/v1/endpoints/web-1:drain")]
    [InlineData("DELETE", "api/v1/configuration")]
    public async Task What_is_no_operation_is_a_problem_that_says_where_they_are(string method, string path)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await ControlServer.StartAsync(cluster: null!, Token, static () => { }, cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));

        using var reply = await http.SendAsync(request, cancellation);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        var problem = await reply.Content.ReadAsStringAsync(cancellation);
        Assert.Contains("\"code\":\"EK4001\"", problem, StringComparison.Ordinal);
        Assert.Contains("openapi.json", problem, StringComparison.Ordinal);
    }
}
