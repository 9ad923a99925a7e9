using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace EvenKeel.Proof.Tests.Discovery;

/// <summary>A service with a list behind HTTP on a real socket; how it answers is up to the test.</summary>
internal sealed class ThingsService : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, string, string, (int Status, string Body)> _answer;
    private readonly Task _serving;

    /// <param name="answer">From method, path and body to status and body.</param>
    public ThingsService(Func<string, string, string, (int Status, string Body)> answer)
    {
        _answer = answer;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>A service that keeps what is added in a list.</summary>
    /// <param name="accept">From the body to the new element, or null to refuse it.</param>
    /// <param name="show">From the elements to the reply of the list.</param>
    public static ThingsService Keeping(Func<JsonObject, int, JsonNode?> accept, Func<JsonArray, JsonNode> show, string refusal = "no")
    {
        var elements = new JsonArray();
        return new ThingsService((method, path, body) =>
        {
            switch (method, path)
            {
                case ("GET", "/things"):
                    return (200, show(elements.DeepClone().AsArray()).ToJsonString());
                case ("POST", "/things"):
                    var element = accept(JsonNode.Parse(body)!.AsObject(), elements.Count + 1);
                    if (element is null)
                    {
                        return (400, refusal);
                    }

                    elements.Add(element);
                    return (201, element.ToJsonString());
                case ("DELETE", _):
                    var found = elements.FirstOrDefault(element => element is JsonObject fields && path == $"/things/{fields["id"]}");
                    return found is not null && elements.Remove(found) ? (204, "") : (404, "");
                default:
                    return (404, "");
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var (status, body) = _answer(context.Request.HttpMethod, context.Request.Url!.AbsolutePath, await reader.ReadToEndAsync());
            context.Response.StatusCode = status;
            var bytes = Encoding.UTF8.GetBytes(body);
            context.Response.ContentLength64 = bytes.Length;
            await context.Response.OutputStream.WriteAsync(bytes);

            context.Response.Close();
        }
    }
}
