using System.Net.Sockets;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Cli.Clusters;

/// <summary>Finds out, before anything is started, whether the servers that a file needs answer in their own protocol.</summary>
internal static class Needs
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    // PostgreSQL: an SSLRequest (protocol documentation, 55.2.10) is answered with S or N by any server, without a login.
    private static readonly byte[] PostgresQuestion = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F];

    /// <summary>Asks each of them.</summary>
    /// <exception cref="CommandException">One does not answer.</exception>
    public static async Task CheckAsync(IReadOnlyList<NeedOptions> needs, TimeProvider time, CancellationToken cancellation)
    {
        foreach (var need in needs)
        {
            try
            {
                await AskAsync(need.Address, time, cancellation);
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested && error is SocketException or IOException or OperationCanceledException)
            {
                var why = error is OperationCanceledException ? $"it did not accept a connection within {Limit.TotalSeconds} s" : error.Message;
                throw new CommandException(ExitCode.Environment, "EK3005", $"{need.Name} is needed and does not answer at {need.Address.Host}:{need.Address.Port}: {why}",
                    $"start it, or say in 'needs' where it is");
            }
        }
    }

    private static async Task AskAsync(Uri address, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, either.Token);
        var question = address.Scheme switch
        {
            "postgres" or "postgresql" => PostgresQuestion,
            "redis" => "PING\r\n"u8.ToArray(),
            _ => [],
        };
        if (question.Length == 0)
        {
            return;
        }

        var kind = address.Scheme == "redis" ? "Redis" : "PostgreSQL";
        var stream = client.GetStream();
        var reply = new byte[1];
        try
        {
            await stream.WriteAsync(question, either.Token);
            if (await stream.ReadAsync(reply, either.Token) == 0 || !IsKnown(address.Scheme, reply[0]))
            {
                throw new IOException($"what listens there is not {kind}");
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"what listens there accepts connections, but did not answer as {kind} within {Limit.TotalSeconds} s: is it {kind}?");
        }
    }

    // Redis answers +PONG, or -NOAUTH when it wants a password first; both show that it is there.
    private static bool IsKnown(string scheme, byte first) => scheme == "redis" ? first is (byte)'+' or (byte)'-' : first is (byte)'S' or (byte)'N';
}
