using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EvenKeel.Gateway.Tests.Health;

/// <summary>A plain server that answers every connection as told at the moment, and remembers what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;
    private volatile string? _answer;
    private volatile string _lastRequest = "";
    private int _requests;

    public ScriptedServer(string? answer)
    {
        _answer = answer;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _serving = ServeAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>What is sent; null sends nothing and keeps the connection open.</summary>
    public string? Answer
    {
        get => _answer;
        set => _answer = value;
    }

    public string LastRequest => _lastRequest;

    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _serving;
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptAsync(_ending.Token)));
            }
        }
        catch (Exception) when (_ending.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var buffer = new byte[4096];
                int read = await socket.ReceiveAsync(buffer, _ending.Token);
                _lastRequest = Encoding.ASCII.GetString(buffer, 0, read);
                Interlocked.Increment(ref _requests);
                if (_answer is { } answer)
                {
                    await socket.SendAsync(Encoding.ASCII.GetBytes(answer), _ending.Token);
                    socket.Shutdown(SocketShutdown.Send);
                }

                await socket.ReceiveAsync(buffer, _ending.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException)
            {
                // The checker has gone, or the test ends.
            }
        }
    }
}
