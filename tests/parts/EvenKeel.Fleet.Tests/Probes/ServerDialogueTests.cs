using System.Net;
using System.Net.Sockets;
using System.Text;
using EvenKeel.Fleet.Probes;

namespace EvenKeel.Fleet.Tests.Probes;

/// <summary>What replies of PostgreSQL and Redis mean; that the real servers become ready is seen in the tests of their plans.</summary>
public sealed class ServerDialogueTests
{
    private const string Starting = "E\0\0\0\x3eSFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("R\0\0\0\x08\0\0\0\0S\0\0\0\x0ckey\0val\0Z\0\0\0\x05I", null)]
    [InlineData("R\0\0\0\x0c\0\0\0\x05salt", null)]
    [InlineData(Starting, "PostgreSQL says: the database system is starting up")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "what listens there is not PostgreSQL")]
    [InlineData("R\0\0\0\x08\0\0\0\0", "PostgreSQL closed the connection before it was ready")]
    [InlineData("", "PostgreSQL closed the connection before it was ready")]
    public async Task PostgreSQL_is_ready_when_it_takes_queries_or_asks_for_a_password(string reply, string? reason)
    {
        var (asked, answer) = await AskAsync(reply, PostgresDialogue.AskAsync);

        Assert.Equal(reason, answer);
        Assert.Contains("user\0postgres\0", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void A_greeting_that_has_not_arrived_whole_says_nothing_yet()
    {
        byte[] whole = Encoding.Latin1.GetBytes(Starting);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Null(PostgresDialogue.Judge(whole.AsSpan(0, length)));
        }

        Assert.NotNull(PostgresDialogue.Judge(whole));
    }

    [Theory]
    [InlineData("+PONG\r\n", null)]
    [InlineData("-NOAUTH Authentication required.\r\n", null)]
    [InlineData("-LOADING Redis is loading the dataset in memory\r\n", "PING was answered by '-LOADING Redis is loading the dataset in memory'")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "PING was answered by 'HTTP/1.1 400 Bad Request'")]
    [InlineData("", "the connection closed without a reply to PING")]
    public async Task Redis_is_ready_when_it_answers_or_asks_for_a_password(string reply, string? reason)
    {
        var (asked, answer) = await AskAsync(reply, RedisDialogue.AskAsync);

        Assert.Equal((reason, "PING\r\n"), (answer, asked));
    }

    // Answers in two pieces what it is asked, and ends its side.
    private static async Task<(string Asked, string? Answer)> AskAsync(string reply, Func<Socket, CancellationToken, Task<string?>> ask)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndPoint!, Token);
        using var server = await listener.AcceptAsync(Token);
        server.NoDelay = true;
        var asking = ask(client, Token);
        var buffer = new byte[1024];
        var read = await server.ReceiveAsync(buffer, Token);
        var bytes = Encoding.Latin1.GetBytes(reply);
        await server.SendAsync(bytes.AsMemory(0, bytes.Length / 2), Token);
        await server.SendAsync(bytes.AsMemory(bytes.Length / 2), Token);
        server.Shutdown(SocketShutdown.Send);
        return (Encoding.Latin1.GetString(buffer, 0, read), await asking.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }
}
