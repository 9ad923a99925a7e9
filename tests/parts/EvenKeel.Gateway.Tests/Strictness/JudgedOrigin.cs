using System.Collections.Concurrent;
using System.Text;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>An instance that keeps what it was sent, and lets the judge read it.</summary>
internal sealed class JudgedOrigin : IAsyncDisposable
{
    private readonly Origin _origin;

    public JudgedOrigin() => _origin = new Origin(ServeAsync);

    public Origin Origin => _origin;

    /// <summary>The well-formed requests that arrived.</summary>
    public ConcurrentQueue<StrictMessage> Requests { get; } = [];

    /// <summary>What the judge did not accept, and what was left when a connection ended.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public ValueTask DisposeAsync() => _origin.DisposeAsync();

    private async Task ServeAsync(ByteChannel channel)
    {
        var text = "";
        while (await channel.SkipAsync(bytes => text += Encoding.Latin1.GetString(bytes.Span)) > 0)
        {
            try
            {
                while (text.Length > 0 && StrictJudge.TakeRequest(text, out var rest) is { } request)
                {
                    Requests.Enqueue(request);
                    text = rest;
                    await channel.SendAsync(Wire.Origin.Ok("ok"));
                }
            }
            catch (MalformedMessageException error)
            {
                Complaints.Enqueue($"{error.Message} in: {text}");
                return;
            }
        }

        if (text.Length > 0)
        {
            Complaints.Enqueue($"an unfinished request: {text}");
        }
    }
}
