using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class InitProcessTests : IAsyncDisposable
{
    private const string Node = "/usr/bin/node";
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 0)]
    public async Task A_service_of_another_language_is_asked_and_proved(bool file, int exit)
    {
        NeedsNode();
        string[] variables = file ? ["--env", $"THINGS_FILE={_sandbox.PathOf("things.jsonl")}"] : [];

        (await _sandbox.RunAsync(
            ["init", "--command", $"node {Examples.PathOf("things/server.js")}", "--add", "POST /things", "--list", "GET /things", .. variables])).Ended(0)
            .Printed("wrote evenkeel.yaml", "next: evenkeel prove");

        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero);
        (await _sandbox.RunAsync("validate")).Ended(0);
        var text = await File.ReadAllTextAsync(_sandbox.PathOf("evenkeel.yaml"), TestContext.Current.CancellationToken);
        Assert.Contains("items: '/things'", text, StringComparison.Ordinal);
        Assert.Contains("value: '/label'", text, StringComparison.Ordinal);
        (await _sandbox.RunAsync("prove")).Ended(exit).Printed(file ? "PASS: no violation in" : "VIOLATION");
    }

    [Fact]
    public async Task The_schema_that_the_first_line_names_is_there()
    {
        NeedsNode();
        Directory.CreateDirectory(_sandbox.PathOf("sub"));

        (await _sandbox.RunAsync("init", "--command", $"node {Examples.PathOf("things/server.js")}", "--add", "POST /things", "--list", "GET /things",
            "-o", "sub/things.yaml")).Ended(0);

        var first = File.ReadLines(_sandbox.PathOf("sub/things.yaml")).First();
        Assert.StartsWith("# yaml-language-server: $schema=", first, StringComparison.Ordinal);
        Assert.True(File.Exists(_sandbox.PathOf("sub/" + first.Split('=')[1])), $"{first}: there is no such file");
    }

    [Fact]
    public async Task A_service_that_refuses_what_is_added_is_told_with_what_it_answered()
    {
        NeedsNode();
        _sandbox.With("refuse.js", """
            require('node:http').createServer((request, response) => {
              response.writeHead(request.method === 'GET' ? 200 : 422, { 'content-type': 'application/json' });
              response.end(request.method === 'GET' ? '[]' : '{"error":"never on a Saturday"}');
            }).listen(process.env.PORT, '127.0.0.1');
            """);

        (await _sandbox.RunAsync("init", "--command", "node refuse.js", "--add", "POST /things", "--list", "GET /things")).Ended(7).PrintedNothing()
            .Said("422", "never on a Saturday", "--body");

        Assert.False(File.Exists(_sandbox.PathOf("evenkeel.yaml")));
    }

    [Fact]
    public async Task A_service_that_does_not_listen_on_its_port_is_told_what_to_do()
    {
        (await _sandbox.RunAsync("init", "--command", $"dotnet {BuiltPrograms.TestServer} crash 3", "--add", "POST /things", "--list", "GET /things")).Ended(7)
            .PrintedNothing().Said("PORT", "fatal: the database is gone");
    }

    [Fact]
    public async Task A_file_that_is_there_is_kept()
    {
        _sandbox.With("evenkeel.yaml", "# mine");

        (await _sandbox.RunAsync("init", "--command", "node server.js", "--add", "POST /things", "--list", "GET /things"))
            .Ended(2)
            .PrintedNothing()
            .Said("is there already", "--force");

        Assert.Equal("# mine", await File.ReadAllTextAsync(_sandbox.PathOf("evenkeel.yaml"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--add", "things")]
    [InlineData("--add", "POST things")]
    [InlineData("--list", "get /things")]
    public async Task A_request_that_is_none_is_refused(string flag, string request)
    {
        string[] arguments = ["init", "--command", "node server.js", "--add", "POST /things", "--list", "GET /things"];
        arguments[Array.IndexOf(arguments, flag) + 1] = request;

        (await _sandbox.RunAsync(arguments)).Ended(2).PrintedNothing().Said($"{flag} '{request}' is no request");
    }

    private static void NeedsNode() => Assert.SkipUnless(File.Exists(Node), "SKIPPED, node is not installed: apt-get install nodejs");
}
