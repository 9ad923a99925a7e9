using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Tests.Tls;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>TLS over every transport, against SslStream and against itself.</summary>
public abstract class TlsConformance<TGroup> : LoopGroupFixture<TGroup>
    where TGroup : LoopGroup
{
    private readonly TestCertificates _certificates = new();

    protected TlsConformance() => Own(_certificates);

    [Theory]
    [InlineData(SslProtocols.Tls12, "1.2")]
    [InlineData(SslProtocols.Tls13, "1.3")]
    public async Task A_mebibyte_is_echoed_bit_for_bit_and_ends_with_close_notify(SslProtocols version, string name)
    {
        var handler = Echo();
        await using Listener listener = Serve(handler, out _);
        using SslStream stream = await Shake(listener, "a.test", version);
        byte[] bytes = Pattern(1024 * 1024);
        Task sending = Task.Run(async () =>
        {
            await stream.WriteAsync(bytes);
            await stream.ShutdownAsync();
        });
        Assert.Equal(bytes, await ReadToEnd(stream));
        await sending.Soon();
        Connection connection = await handler.Opened.Soon();
        Assert.Equal(new TlsDetails(name, false, "a.test"), connection.Tls);
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
        Assert.Empty(handler.BrokenRules);
    }

    [Theory]
    [InlineData("a.test", 0)]
    [InlineData("A.TEST", 0)]
    [InlineData("x.b.test", 1)]
    [InlineData("y.x.b.test", 0)]
    [InlineData("unknown.test", 0)]
    public async Task The_certificate_is_the_one_of_the_name(string name, int expected)
    {
        TlsCertificateFiles[] files = [_certificates.Make("a.test"), _certificates.Make("*.b.test")];
        await using Listener listener = Serve(new RecordingHandler(), out _, files);
        using SslStream stream = await Shake(listener, name);
        Assert.Equal(Thumbprint(files[expected]), stream.RemoteCertificate!.GetCertHashString());
    }

    [Fact]
    public async Task Certificates_change_while_a_connection_lives_on()
    {
        var first = Echo();
        await using Listener listener = Serve(first, out TlsServer server);
        using SslStream old = await Shake(listener, "a.test");
        TlsCertificateFiles next = _certificates.Make(rsa: true, 10, "a.test");
        server.Apply(new TlsServerOptions { Certificates = [next] });
        using SslStream young = await Shake(listener, "a.test");
        Assert.Equal(Thumbprint(next), young.RemoteCertificate!.GetCertHashString());
        await old.WriteAsync("still"u8.ToArray());
        var reply = new byte[5];
        await old.ReadExactlyAsync(reply).AsTask().Soon();
        Assert.Equal("still"u8.ToArray(), reply);
    }

    [Fact]
    public async Task A_client_that_offers_only_other_protocols_is_refused()
    {
        await using Listener listener = Serve(new RecordingHandler(), out _);
        await Assert.ThrowsAnyAsync<AuthenticationException>(() => Shake(listener, "a.test", protocol: SslApplicationProtocol.Http2));
    }

    [Fact]
    public async Task Plain_HTTP_gets_the_reply_for_it()
    {
        await using Listener listener = Serve(new RecordingHandler(), out _);
        Socket peer = await Dial(listener.Local);
        await peer.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 400", Encoding.ASCII.GetString(await ReadToEnd(peer)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_gets_an_alert_and_the_end_and_no_connection_is_opened()
    {
        var handler = new RecordingHandler();
        await using Listener listener = Serve(handler, out _);
        Socket peer = await Dial(listener.Local);
        await peer.SendAsync(new byte[200]);
        byte[] reply = await ReadToEnd(peer);
        Assert.True(reply.Length == 0 || reply[0] == 21, "an alert was expected");
        Assert.False(handler.Opened.IsCompleted);
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x02)]
    public async Task A_version_before_1_2_is_refused_with_its_alert(byte minor)
    {
        var handler = new RecordingHandler();
        await using Listener listener = Serve(handler, out _);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.Local, TestContext.Current.CancellationToken);

        // A ClientHello with two ciphers that were usual then, and without extensions.
        byte[] hello = [3, minor, .. Pattern(32), 0, 0, 4, 0xC0, 0x13, 0x00, 0x2F, 1, 0];
        await socket.SendAsync((byte[])[22, 3, 1, 0, (byte)(hello.Length + 4), 1, 0, 0, (byte)hello.Length, .. hello]);
        byte[] alert = await ReadToEnd(new NetworkStream(socket));
        Assert.Equal((21, 2, 70), (alert[0], alert[5], alert[6]));
        Assert.False(handler.Opened.IsCompleted);
    }

    [Fact]
    public async Task A_client_may_not_negotiate_again()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "SKIPPED, openssl is not installed");
        await using Listener listener = Serve(Echo(), out _);
        using Process client = Process.Start(new ProcessStartInfo("/usr/bin/openssl", ["s_client", "-tls1_2", "-connect", listener.Local.ToString()])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            Task<string> errors = client.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await client.StandardInput.WriteLineAsync("one");
            while (await client.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().Soon() is { } line && line != "one")
            {
            }

            await client.StandardInput.WriteLineAsync("R");
            Assert.Contains("no renegotiation", await errors.Soon(), StringComparison.Ordinal);
        }
        finally
        {
            client.Kill();
        }
    }

    [Fact]
    public async Task A_stream_that_ends_without_close_notify_is_truncated()
    {
        var handler = new RecordingHandler();
        await using Listener listener = Serve(handler, out _);
        Socket peer = await Dial(listener.Local);
        using var stream = new SslStream(new NetworkStream(peer), false, (_, shown, _, _) => _certificates.Made(shown));
        await stream.AuthenticateAsClientAsync("a.test").Soon();
        await stream.WriteAsync("half"u8.ToArray());
        peer.Shutdown(SocketShutdown.Send);
        Assert.Equal(CloseReason.Truncated, await handler.Closed.Soon());
        Assert.Equal("half"u8.ToArray(), handler.Received);
        Assert.DoesNotContain("ended", handler.Events);
    }

    [Fact]
    public async Task A_handshake_that_is_not_finished_in_time_is_cut_off()
    {
        var time = new SteppedTime();
        await using LoopGroup group = Start(Options with { Time = time, Loops = 1 });
        var server = new TlsServer(new TlsServerOptions { Certificates = [_certificates.Make("a.test")] }, time);
        int below = 0;
        await using Listener listener = group.Listen(new(IPAddress.Loopback, 0), new(), _ => new CountingAcceptor(
            server.Accept(new FunctionAcceptor(_ => new RecordingHandler())), () => Interlocked.Increment(ref below)));
        Socket peer = await Dial(listener.Local);
        await peer.SendAsync(new byte[] { 22, 3, 1 });
        await Eventually.IsTrue(() => Volatile.Read(ref below) == 1, "it was accepted");
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Empty(await ReadToEnd(peer));
    }

    [Fact]
    public async Task A_slow_reader_is_told_by_the_backlog_and_gets_all()
    {
        int drains = 0;
        byte[] piece = Pattern(50_000);
        long given = 0;
        var handler = new RecordingHandler
        {
            WhenOpened = connection =>
            {
                while (given < 256L * 1024 * 1024)
                {
                    given += piece.Length;
                    if (connection.Send(piece) == SendResult.Backlogged)
                    {
                        return;
                    }
                }
            },
            WhenDrained = connection =>
            {
                Interlocked.Increment(ref drains);
                connection.Close();
            },
        };
        await using Listener listener = Serve(handler, out _);
        using SslStream stream = await Shake(listener, "a.test");
        await handler.Opened.Soon();
        byte[] all = await ReadToEnd(stream);
        Assert.Equal(given, all.Length);
        Assert.True(all.AsSpan(all.Length - piece.Length).SequenceEqual(piece));
        Assert.Equal(1, drains);
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
    }

    [Fact]
    public async Task A_client_verifies_resumes_and_half_closes()
    {
        TlsCertificateFiles files = _certificates.Make("a.test");
        await using Listener listener = Serve(null, out _, files);
        var client = new TlsClient(new TlsClientOptions { ServerName = "a.test", Authorities = files.Certificate });
        EventLoop loop = Group.Loops[0];
        var resumption = new TlsResumption();

        // More than once: a ticket of TLS 1.3 is used up by the handshake that it resumes, which has to bring another.
        foreach (bool resumed in new[] { false, true, true, true })
        {
            var handler = new RecordingHandler();
            Connection made = await OnLoop(loop, () =>
            {
                Connection connection = client.Connect(loop, listener.Local, handler, resumption);
                Assert.Equal(SendResult.Taken, connection.Send("early"u8));
                connection.ShutdownSend();
                return connection;
            });
            Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
            Assert.Equal("early"u8.ToArray(), handler.Received);
            Assert.Equal(resumed, made.Tls!.IsResumed);
            Assert.Empty(handler.BrokenRules);
        }

        await OnLoop(loop, resumption.Dispose);
    }

    [Fact]
    public async Task Tickets_of_a_handshake_wait_for_the_first_bytes_that_follow()
    {
        var handler = Echo();
        await using Listener listener = Serve(handler, out _);
        Socket socket = await Dial(listener.Local);
        using var stream = new SslStream(new NetworkStream(socket), false, (_, shown, _, _) => _certificates.Made(shown));
        var options = new SslClientAuthenticationOptions { TargetHost = "a.test", EnabledSslProtocols = SslProtocols.Tls13 };
        await stream.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken).Soon();

        // The server has taken the last step, in which it makes the tickets: nothing came of it so far.
        await handler.Opened.Soon();
        Assert.Equal(0, socket.Available);
        await stream.WriteAsync("x"u8.ToArray());
        await Eventually.IsTrue(() => socket.Available > 0, "an answer");
        Assert.InRange(socket.Available, 200, 4096);
        Assert.Equal('x', stream.ReadByte());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100_000)]
    public async Task What_the_end_follows_arrives_whole_and_with_close_notify(int length)
    {
        byte[] last = Pattern(length);
        var handler = new RecordingHandler
        {
            WhenReceived = (connection, bytes) =>
            {
                SendAndClose(connection, last);
                return bytes.Data.Length;
            },
        };
        await using Listener listener = Serve(handler, out _);
        using SslStream stream = await Shake(listener, "a.test", SslProtocols.Tls13);
        await stream.WriteAsync("x"u8.ToArray());
        Assert.Equal(last, await ReadToEnd(stream));
        Assert.Equal(CloseReason.Closed, await handler.Closed.Soon());
    }

    [Fact]
    public async Task A_certificate_of_another_name_or_authority_is_not_trusted()
    {
        TlsCertificateFiles files = _certificates.Make("a.test");
        TlsCertificateFiles other = _certificates.Make("a.test");
        await using Listener listener = Serve(null, out _, files);
        EventLoop loop = Group.Loops[0];
        var cases = new[] { ("b.test", files.Certificate, "hostname mismatch"), ("a.test", other.Certificate, "self") };
        foreach ((string name, string authority, string why) in cases)
        {
            var client = new TlsClient(new TlsClientOptions { ServerName = name, Authorities = authority });
            var handler = new RecordingHandler();
            Connection made = await OnLoop(loop, () => client.Connect(loop, listener.Local, handler));
            Assert.Equal(CloseReason.HandshakeFailed, await handler.Closed.Soon());
            Assert.Contains(why, made.TlsFailure, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(["closed"], handler.Events);
        }
    }

    [Fact]
    public async Task Two_hundred_handshakes_at_once_take_one_step_each_turn_of_the_loop()
    {
        await using LoopGroup group = Start(Options with { Loops = 1 });
        var server = new TlsServer(new TlsServerOptions { Certificates = [_certificates.Make(rsa: true, 10, "a.test")] }, TimeProvider.System);
        await using Listener listener = group.Listen(new(IPAddress.Loopback, 0), new(), _ => server.Accept(new FunctionAcceptor(_ => Echo())));
        SslStream[] streams = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Shake(listener, "a.test"))).Soon();
        int most = await OnLoop(group.Loops[0], () => ((LoopThread)group.Loops[0]).Handshakes.Most);
        Array.ForEach(streams, stream => stream.Dispose());
        Assert.Equal(HandshakeGate.DefaultSteps, most);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_named()
    {
        TlsCertificateFiles one = _certificates.Make("a.test");
        TlsCertificateFiles two = _certificates.Make("a.test");
        TlsException mismatch = Assert.Throws<TlsException>(() => Server(one with { Key = two.Key }));
        Assert.Contains("does not belong", mismatch.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere.pem", Assert.Throws<TlsException>(() => Server(one with { Certificate = "/nowhere.pem" })).Message, StringComparison.Ordinal);
        Assert.Contains("has expired", Assert.Single(Server(_certificates.Make(rsa: false, -1, "old.test")).Warnings), StringComparison.Ordinal);
    }

    private static RecordingHandler Echo() => new()
    {
        WhenReceived = (connection, bytes) =>
        {
            if (connection.Send(bytes.Data) == SendResult.Backlogged)
            {
                connection.PauseReceive();
            }

            return bytes.Data.Length;
        },
        WhenDrained = connection => connection.ResumeReceive(),
        WhenReceiveEnded = connection => connection.Close(),
    };

    private static TlsServer Server(params TlsCertificateFiles[] files) => new(new TlsServerOptions { Certificates = files }, TimeProvider.System);

    private static string Thumbprint(TlsCertificateFiles files)
    {
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(File.ReadAllText(files.Certificate));
        return certificate.GetCertHashString();
    }

    private static async Task<byte[]> ReadToEnd(Stream stream)
    {
        var all = new MemoryStream();
        await stream.CopyToAsync(all, TestContext.Current.CancellationToken).Soon();
        return all.ToArray();
    }

    private Listener Serve(RecordingHandler? handler, out TlsServer server, params TlsCertificateFiles[] files)
    {
        TlsServer made = server = new TlsServer(
            new TlsServerOptions
            {
                Certificates = files.Length > 0 ? files : [_certificates.Make("a.test")],
                PlaintextReply = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray(),
            },
            TimeProvider.System);
        bool first = true;
        return Group.Listen(new(IPAddress.Loopback, 0), new(), _ => made.Accept(new FunctionAcceptor(_ =>
        {
            RecordingHandler own = first && handler is not null ? handler : Echo();
            first = false;
            return own;
        })));
    }

    private async Task<SslStream> Shake(
        Listener listener, string name, SslProtocols version = SslProtocols.None, SslApplicationProtocol? protocol = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.Local, TestContext.Current.CancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), false, (_, shown, _, _) => _certificates.Made(shown));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = version,
            AllowTlsResume = false,
            ApplicationProtocols = [protocol ?? SslApplicationProtocol.Http11],
        };
        await stream.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken).Soon();
        return stream;
    }

    private sealed class CountingAcceptor(IConnectionAcceptor inner, Action count) : IConnectionAcceptor
    {
        public ConnectionHandler? OnAccepted(Connection connection)
        {
            ConnectionHandler? handler = inner.OnAccepted(connection);
            count();
            return handler;
        }
    }
}
