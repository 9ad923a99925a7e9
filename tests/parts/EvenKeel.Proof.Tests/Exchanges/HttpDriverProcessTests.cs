using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Tests.Servers;

namespace EvenKeel.Proof.Tests.Exchanges;

[Trait("Category", "Process")]
public sealed class HttpDriverProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("POST", null)]
    [InlineData("POST", "{}")]
    [InlineData("DELETE", null)]
    public async Task What_changes_something_is_never_sent_twice_when_a_kept_connection_was_closed(string method, string? body)
    {
        var served = 0;
        await using var server = new SmallHttpServer(
            (_, _) => Task.FromResult(Interlocked.Increment(ref served) % 2 == 1 ? new SmallReply(200) : new SmallReply(0, Break: true)));
        using var http = new HttpDriver(server.Address, 1, TimeProvider.System);
        var request = new PreparedRequest(method, "/", new Dictionary<string, string>(), body is null ? null : "{}"u8.ToArray());

        var first = await http.SendAsync(request, Limit, CancellationToken.None);
        var second = await http.SendAsync(request, Limit, CancellationToken.None);

        Assert.True(first.Succeeded);
        Assert.Equal(ExchangeFailure.Reset, second.Failure);
        Assert.Equal(2, served);
    }

    [Fact]
    public async Task A_reply_that_does_not_come_is_a_timeout_and_not_an_exception()
    {
        await using var server = new SmallHttpServer(async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return new SmallReply(200);
        });
        using var http = new HttpDriver(server.Address, 1, TimeProvider.System);

        var exchange = await http.SendAsync(Get("/"), TimeSpan.FromMilliseconds(50), CancellationToken.None);

        Assert.Equal((ExchangeFailure.Timeout, "timeout"), (exchange.Failure, exchange.Reason));
        Assert.True(TimeProvider.System.GetElapsedTime(exchange.SentAt, exchange.EndedAt) >= TimeSpan.FromMilliseconds(45));
    }

    [Fact]
    public async Task Nobody_listening_is_refused_and_says_that_nothing_was_sent()
    {
        var server = new SmallHttpServer((_, _) => Task.FromResult(new SmallReply(200)));
        using var http = new HttpDriver(server.Address, 1, TimeProvider.System);
        await server.DisposeAsync();

        Assert.Equal(ExchangeFailure.Refused, (await http.SendAsync(Get("/"), Limit, CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task A_reply_says_who_gave_it_and_redirects_are_not_followed()
    {
        await using var server = new SmallHttpServer((request, _) => Task.FromResult(new SmallReply(302, request.Path)
        {
            Headers = { ["X-EvenKeel-Instance"] = "web-1", ["X-EvenKeel-Error"] = "no_healthy_instance", ["Location"] = "/elsewhere" },
        }));
        using var http = new HttpDriver(server.Address, 1, TimeProvider.System);

        var exchange = await http.SendAsync(Get("/albums?page=2"), Limit, CancellationToken.None);

        Assert.Equal((302, "web-1", "no_healthy_instance"), (exchange.Status, exchange.Instance, exchange.GatewayError));
        Assert.Equal("/albums?page=2", System.Text.Encoding.UTF8.GetString(exchange.Body.Span));
    }

    [Fact]
    public async Task A_path_that_looks_like_another_host_stays_a_path()
    {
        await using var server = new SmallHttpServer((request, _) => Task.FromResult(new SmallReply(200, request.Path)));
        using var http = new HttpDriver(server.Address, 1, TimeProvider.System);

        var exchange = await http.SendAsync(Get("//elsewhere.example/x"), Limit, CancellationToken.None);

        Assert.Equal("//elsewhere.example/x", System.Text.Encoding.UTF8.GetString(exchange.Body.Span));
    }

    private static PreparedRequest Get(string path) => new("GET", path, new Dictionary<string, string>(), null);
}
