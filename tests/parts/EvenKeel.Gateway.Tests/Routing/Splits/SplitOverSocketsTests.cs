using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Routing.Splits;

public sealed class SplitOverSocketsTests
{
    [Fact]
    public async Task Every_window_of_requests_is_exact_to_the_weights()
    {
        await using var system = new RoutedSystem(Split(SplitBy.Request, "", 7, 3));
        var client = await system.Gateway.ConnectAsync();
        var answers = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            answers.Add((await Deadline.Within(Reply.ReadAsync(client))).Text);
        }

        for (var start = 0; start <= 50; start++)
        {
            Assert.Equal(3, answers.Skip(start).Take(10).Count(answer => answer == "next"));
        }
    }

    [Theory]
    [InlineData(SplitBy.Header, "X-User", "X-User: ")]
    [InlineData(SplitBy.Cookie, "user", "Cookie: a=b; user=")]
    public async Task A_value_keeps_its_service_and_many_values_keep_to_the_weights(SplitBy by, string name, string field)
    {
        await using var system = new RoutedSystem(Split(by, name, 80, 20));
        var client = await system.Gateway.ConnectAsync();
        var next = 0;
        for (var user = 0; user < 1000; user++)
        {
            await client.SendAsync(string.Concat(Enumerable.Repeat($"GET / HTTP/1.1\r\nHost: a\r\n{field}user-{user}\r\n\r\n", 2)));
            var first = (await Deadline.Within(Reply.ReadAsync(client))).Text;
            Assert.Equal(first, (await Deadline.Within(Reply.ReadAsync(client))).Text);
            next += first == "next" ? 1 : 0;
        }

        // 200 are expected; the values and the hash are fixed, so that this says the same on every run.
        Assert.InRange(next, 160, 240);
    }

    [Fact]
    public async Task A_canary_that_grows_keeps_whom_it_had()
    {
        await using var system = new RoutedSystem(Split(SplitBy.Header, "X-User", 90, 10));
        var before = await Ask(system);
        system.Gateway.Gateway.Apply(system.Gateway.Options with { Routes = [Split(SplitBy.Header, "X-User", 50, 50)] });
        var after = await Ask(system);

        Assert.All(before.Index().Where(one => one.Item == "next"), one => Assert.Equal("next", after[one.Index]));
        Assert.True(after.Count(one => one == "next") > before.Count(one => one == "next"));
        Assert.Contains("next", before);
    }

    [Fact]
    public async Task One_client_keeps_its_service_and_requests_without_the_value_take_turns()
    {
        await using var byClient = new RoutedSystem(Split(SplitBy.Client, "", 1, 1));
        var first = await byClient.WhoAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(first, await byClient.WhoAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        }

        await using var byHeader = new RoutedSystem(Split(SplitBy.Header, "X-User", 1, 1));
        string[] answers = [await byHeader.WhoAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), await byHeader.WhoAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n")];
        Assert.Equal(["next", "web"], answers.Order());
    }

    private static async Task<List<string>> Ask(RoutedSystem system)
    {
        var answers = new List<string>();
        var client = await system.Gateway.ConnectAsync();
        for (var user = 0; user < 100; user++)
        {
            await client.SendAsync($"GET / HTTP/1.1\r\nHost: a\r\nX-User: {user}\r\n\r\n");
            answers.Add((await Deadline.Within(Reply.ReadAsync(client))).Text);
        }

        return answers;
    }

    private static RouteOptions Split(SplitBy by, string name, int web, int next) => new()
    {
        Service = "web",
        Split = new SplitOptions { Targets = [new SplitTarget("web", web), new SplitTarget("next", next)], By = by, Name = name },
    };
}
