using System.Net.Sockets;
using EvenKeel.Cli.Exits;

namespace EvenKeel.Cli.Commands;

/// <summary>An address that a load is sent to although no file starts it.</summary>
internal static class LoadTarget
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>The address, once something accepts connections there.</summary>
    /// <exception cref="CommandException">It is none, or nothing listens.</exception>
    public static async Task<Uri> FindAsync(string text, TimeProvider time, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
        {
            throw new CommandException(ExitCode.Usage, "EK1002", $"'{text}' is no address that can be loaded", "give it as http://host:port");
        }

        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, either.Token);
            return address;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && error is SocketException or OperationCanceledException)
        {
            throw new CommandException(ExitCode.Environment, "EK3005", $"nothing answers at {address.Host}:{address.Port}: {error.Message}",
                "start what is to be loaded, and try again");
        }
    }
}
