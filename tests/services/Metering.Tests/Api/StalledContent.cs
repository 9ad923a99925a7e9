using System.Net;

namespace Metering.Tests.Api;

/// <summary>An array whose end is sent when the test says so. Until then blanks keep the server from taking its sender for dead.</summary>
internal sealed class StalledContent : HttpContent
{
    private static readonly byte[] Blanks = [.. Enumerable.Repeat((byte)' ', 512)];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StalledContent() => Headers.ContentType = new("application/json");

    /// <summary>Sends the end.</summary>
    public void Finish() => _end.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync("["u8.ToArray());
        while (!_end.Task.IsCompleted)
        {
            await stream.WriteAsync(Blanks);
            await stream.FlushAsync();
            await Task.WhenAny(_end.Task, Task.Delay(Pause, TimeProvider.System));
        }

        await stream.WriteAsync("]"u8.ToArray());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
