using EvenKeel.Gateway.Exchanges;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Tests.Exchanges;

public sealed class RetryBufferTests
{
    [Fact]
    public void A_hundred_uploads_at_a_time_allocate_nothing_once_their_buffers_are_there()
    {
        var bytes = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4096\r\n\r\n"u8.ToArray();
        var head = new RequestHead();
        Assert.Equal(HeadStatus.Complete, head.Parse(bytes, HeadLimits.Default));
        var body = new byte[4096];
        RetryBuffer[] uploads = [.. Enumerable.Range(0, 100).Select(_ => new RetryBuffer { BodyLimit = 64 * 1024 })];
        KeepAndRelease();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 50; i++)
        {
            KeepAndRelease();
        }

        // An array for each upload would be 40 MB; a test that runs beside this one may hold an array or two.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        void KeepAndRelease()
        {
            var forwarded = new ForwardedRequest { ClientAddress = "127.0.0.1"u8, Scheme = "http"u8, DefaultHost = "a"u8 };
            foreach (var upload in uploads)
            {
                Assert.True(upload.Begin(head, bytes, in forwarded));
                upload.Append(body);
                Assert.True(upload.IsWhole);
            }

            foreach (var upload in uploads)
            {
                upload.Release();
            }
        }
    }
}
