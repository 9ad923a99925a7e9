using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class CommandLineProcessTests : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("did you mean 'scale'?", "scael", "web=2")]
    [InlineData("did you mean 'down'?", "donw")]
    [InlineData("did you mean '--detach'?", "up", "--detahc")]
    [InlineData("did you mean '--json'?", "ps", "--jsn")]
    [InlineData("evenkeel --help", "frobnicate")]
    [InlineData("evenkeel up --help", "up", "--frobnicate")]
    [InlineData("evenkeel kill --help", "kill")]
    [InlineData("evenkeel init --help", "init")]
    [InlineData("evenkeel up --help", "up", "--wait-timeout", "soon")]
    [InlineData("evenkeel demo --help", "demo", "--bug", "crash")]
    [InlineData("evenkeel --help")]
    public async Task A_wrong_command_line_is_told_on_standard_error_alone(string help, params string[] arguments)
    {
        var result = (await _sandbox.RunAsync(arguments)).Ended(2).PrintedNothing().Said("error EK1002: ", $"help: {help}");

        Assert.EndsWith("evenkeel: exit 2 (usage)", result.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Usage:", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("version", "--version")]
    public async Task Help_and_version_are_results(string what, string flag)
    {
        var result = (await _sandbox.RunAsync(flag)).Ended(0);

        Assert.Equal("", result.Error);
        Assert.Contains(what == "help" ? "prove" : ".", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("supervise", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("up")]
    [InlineData("up", "-d")]
    [InlineData("prove")]
    public async Task An_invalid_file_is_refused_with_all_its_errors(params string[] arguments)
    {
        _sandbox.With("evenkeel.yaml", """
            version: 1
            services:
              web:
                comand: node server.js
                instances: 0
                health: { ready: /readyz, interval: 5 }
            """);

        var result = (await _sandbox.RunAsync(arguments)).Ended(3).PrintedNothing()
            .Said("evenkeel.yaml:4:5", "did you mean 'command'?", "evenkeel.yaml:5:16", "evenkeel.yaml:6:41", "did you mean 5s?", "evenkeel: exit 3");

        Assert.DoesNotContain("EvenKeel.Configuration", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_told_with_what_to_do()
    {
        (await _sandbox.RunAsync("validate")).Ended(3).PrintedNothing().Said("evenkeel.yaml");
        (await _sandbox.RunAsync("up", "other.yaml")).Ended(3).PrintedNothing().Said("other.yaml");
    }

    [Fact]
    public async Task Validate_says_that_a_file_is_valid_and_where_its_values_come_from()
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("valid", more: "instances: ${COUNT:-3}"));
        _sandbox.Variables["COUNT"] = "4";

        (await _sandbox.RunAsync("validate")).Ended(0).Printed("evenkeel.yaml is valid");
        var origins = (await _sandbox.RunAsync("validate", "--show-origin")).Ended(0).Out.Split('\n');

        Assert.Matches(@"^\s*name\s+valid\s+line 2$", Single("name "));
        Assert.Matches(@"^\s*services\.web\.instances\s+4\s+\$COUNT$", Single("services.web.instances"));
        Assert.Matches(@"^\s*services\.web\.drain\.grace\s+10s\s+default$", Single("services.web.drain.grace"));

        string Single(string key) => Assert.Single(origins, line => line.TrimStart().StartsWith(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Schema_is_a_json_schema_that_knows_the_sections()
    {
        var schema = (await _sandbox.RunAsync("schema")).Ended(0).Json;

        Assert.Contains("draft-07", (string)schema["$schema"]!, StringComparison.Ordinal);
        Assert.All(["version", "services", "gateway", "prove", "load", "state"], section => Assert.NotNull(schema["properties"]![section]));
    }

    [Fact]
    public async Task Schema_of_a_section_explains_its_keys()
    {
        (await _sandbox.RunAsync("schema", "service")).Ended(0).Printed("instances", "command", "health");
        (await _sandbox.RunAsync("schema", "servise")).Ended(2).PrintedNothing().Said("'servise' is no section", "service");
    }

    [Fact]
    public async Task A_file_without_a_section_that_a_command_needs_is_told_so()
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("bare"));

        (await _sandbox.RunAsync("prove")).Ended(3).PrintedNothing().Said("no 'prove' section", "evenkeel schema prove");
        (await _sandbox.RunAsync("load", "evenkeel.yaml")).Ended(3).PrintedNothing().Said("no 'load' section", "evenkeel schema load");
    }

    [Fact]
    public async Task A_file_given_twice_is_a_mistake_of_the_command_line() =>
        (await _sandbox.With("a.yaml", ClusterFiles.Of("bare")).RunAsync("up", "a.yaml", "--config", "a.yaml")).Ended(2).PrintedNothing().Said("given twice");

    [Fact]
    public async Task A_state_node_answers_until_it_is_ended()
    {
        using var state = _sandbox.Start("state", "--listen", "127.0.0.1:26390");
        await state.PrintsAsync("state node on 127.0.0.1:26390");
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", 26390);
        await socket.SendAsync("PING\r\n"u8.ToArray());
        var reply = new byte[16];
        Assert.Equal("+PONG\r\n", System.Text.Encoding.ASCII.GetString(reply, 0, await socket.ReceiveAsync(reply)));

        state.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);
        (await state.EndAsync()).Ended(143);
    }
}
