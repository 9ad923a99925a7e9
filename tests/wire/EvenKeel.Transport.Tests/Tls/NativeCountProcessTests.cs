using System.Net;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Tests.Conformance;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Transport.Tests.Tls;

/// <summary>They look at counters of the whole process, so nothing may run beside them.</summary>
[Trait("Category", "Process")]
[Collection(AloneCollection.Name)]
public sealed class NativeCountProcessTests : LoopGroupFixture<EpollLoopGroup>
{
    [Fact]
    public async Task A_thousand_handshakes_leave_no_native_object_behind()
    {
        using var certificates = new TestCertificates();
        TlsCertificateFiles files = certificates.Make("a.test");
        var server = new TlsServer(new TlsServerOptions { Certificates = [files] }, TimeProvider.System);
        await using Listener listener = Group.Listen(new(IPAddress.Loopback, 0), new(), _ => server.Accept(new FunctionAcceptor(
            _ => new RecordingHandler { WhenReceiveEnded = connection => connection.Close() })));
        var trusting = new TlsClient(new TlsClientOptions { ServerName = "a.test", Authorities = files.Certificate });
        var refusing = new TlsClient(new TlsClientOptions { ServerName = "b.test", Authorities = files.Certificate });
        var resumption = new TlsResumption();
        EventLoop loop = Group.Loops[0];
        int before = NativeCount.Connections.Alive;
        int sessions = NativeCount.Sessions.Alive;
        for (int i = 0; i < 1000; i++)
        {
            bool fails = i % 10 == 0;
            var handler = new RecordingHandler { WhenOpened = connection => connection.ShutdownSend() };
            await OnLoop(loop, () => (fails ? refusing : trusting).Connect(loop, listener.Local, handler, fails ? null : resumption));
            Assert.Equal(fails ? CloseReason.HandshakeFailed : CloseReason.Closed, await handler.Closed.Soon());
        }

        await Eventually.IsTrue(() => NativeCount.Connections.Alive == before, "all connections are freed");
        Assert.Equal(sessions + 1, NativeCount.Sessions.Alive);
        await OnLoop(loop, resumption.Dispose);
        Assert.Equal(sessions, NativeCount.Sessions.Alive);
    }
}
