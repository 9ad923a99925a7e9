using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.TestServers;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Gateway.Tests.Exchanges;

public sealed class AllocationTests
{
    private const string Request = "GET /a HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nUser-Agent: test\r\n\r\n";
    private const int Depth = 20;

    [Fact]
    public Task Twenty_thousand_requests_allocate_next_to_nothing_on_the_loop() => MeasureAsync(options => options);

    [Fact]
    public Task Nor_do_they_through_the_last_of_a_thousand_routes_that_matches_by_everything_and_rewrites()
        => MeasureAsync(options => options with { Routes = [.. Enumerable.Range(0, 1000).Select(Another), Last] });

    [Fact]
    public Task Nor_do_they_with_every_protection_on() => MeasureAsync(Protected);

    [Theory]
    [InlineData(BalancePolicy.LeastTime)]
    [InlineData(BalancePolicy.Weighted)]
    [InlineData(BalancePolicy.Ring)]
    [InlineData(BalancePolicy.Maglev)]
    public Task Nor_do_they_whatever_the_policy(BalancePolicy policy) => MeasureAsync(options => options with
    {
        Routes =
        [
            new RouteOptions
            {
                Service = "web", Balance = policy, Hash = new HashOptions { By = HashKeySource.Header, Name = "Accept", BoundedLoad = 125 },
            },
        ],
    });

    [Fact]
    public async Task Nor_do_they_over_TLS_to_the_instance()
    {
        using var authority = new TestAuthority();
        var (certificate, key) = authority.Sign("api.test");
        await MeasureAsync(
            options => options with
            {
                ServiceTls = new Dictionary<string, ServiceTlsOptions> { ["web"] = new() { ServerName = "api.test", Authorities = authority.File } },
            },
            certificate: X509Certificate2.CreateFromPemFile(certificate, key));
    }

    [Fact]
    public async Task Nor_do_they_with_an_access_log()
    {
        await using var log = new AccessLog(() => Stream.Null, 1, TimeProvider.System, NullLogger.Instance);
        await MeasureAsync(options => options, log);
        await log.DisposeAsync();
        Assert.Equal(1500 * Depth, log.Dropped + log.Written);
    }

    private static RouteOptions Another(int i) => new() { Hosts = [i % 2 == 0 ? $"host-{i}" : $"*.host-{i}"], Path = $"/{i}", Service = "other" };

    private static RouteOptions Last => new()
    {
        Hosts = ["a"],
        Path = "/{name}",
        PathKind = PathKind.Pattern,
        Match = new MatchOptions
        {
            Methods = ["GET"],
            Headers = [new NamedMatch("Accept", MatchKind.Prefix, "*")],
            Query = [new NamedMatch("q", MatchKind.Absent)],
            Cookies = [new NamedMatch("c", MatchKind.Absent)],
            Clients = [System.Net.IPNetwork.Parse("127.0.0.0/8")],
        },
        Service = "web",
        Split = new SplitOptions { Targets = [new SplitTarget("web", 1), new SplitTarget("other", 0)] },
        Rewrite = new RewriteOptions { Path = "/v2/{name}{query}", Host = "{name}.internal" },
        RequestHeaders = new HeaderChangeOptions { Set = [new("X-A", "{path}")], Remove = ["User-Agent"] },
        ResponseHeaders = new HeaderChangeOptions { Set = [new("Server", "a")] },
    };

    private static async Task MeasureAsync(Func<GatewayOptions, GatewayOptions> change, AccessLog? log = null, X509Certificate2? certificate = null)
    {
        using var origin = new BlockingOrigin(certificate);
        await using var gateway = new TestGateway(change, accessLog: log);
        gateway.Add(origin.Address);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(gateway.Address);
        var batch = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Request, Depth)));
        var buffer = new byte[64 * 1024];
        var size = await Deadline.Within(Task.Run(() => Run(client, batch, buffer, 500)));
        var before = await AllocatedOnLoop(gateway);
        Assert.Equal(size, await Deadline.Within(Task.Run(() => Run(client, batch, buffer, 1000))));
        var perRequest = (await AllocatedOnLoop(gateway) - before) / (1000.0 * Depth);
        Assert.True(perRequest < 0.05, $"{perRequest} bytes per request");
        await gateway.Until(counts => counts.Completed == 1500 * Depth, "all are counted");
    }

    // Every protection is on and none refuses or queues.
    private static GatewayOptions Protected(GatewayOptions options) => options with
    {
        Resilience = new ResilienceOptions
        {
            Breaker = new BreakerOptions(), Concurrency = new ConcurrencyOptions { Service = 100, Instance = 100 },
        },
        Timeouts = options.Timeouts with { Request = TimeSpan.FromMinutes(1) },
        Routes = [new RouteOptions { Service = "web", RateLimit = new RateLimitOptions { Rate = 1_000_000, Burst = 1_000_000 } }],
    };

    // The first response tells how long each is, for all are the same.
    private static int Run(Socket client, byte[] batch, byte[] buffer, int times)
    {
        var size = 0;
        for (var i = 0; i < times; i++)
        {
            client.Send(batch);
            for (var received = 0; size == 0 || received < size * Depth;)
            {
                received += client.Receive(buffer);
                size = size == 0 ? buffer.AsSpan(0, received).IndexOf("\r\n\r\n"u8) + 6 : size;
            }
        }

        return size;
    }

    private static async Task<long> AllocatedOnLoop(TestGateway gateway)
    {
        var answer = new TaskCompletionSource<long>();
        gateway.Loops[0].Post(state => ((TaskCompletionSource<long>)state!).SetResult(GC.GetAllocatedBytesForCurrentThread()), answer);
        return await Deadline.Within(answer.Task);
    }

    /// <summary>Answers on a thread of its own without allocating.</summary>
    private sealed class BlockingOrigin : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Thread _thread;
        private readonly X509Certificate2? _certificate;

        public BlockingOrigin(X509Certificate2? certificate)
        {
            _certificate = certificate;
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            _thread = new Thread(Run) { IsBackground = true };
            _thread.Start();
        }

        public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

        public void Dispose() => _listener.Dispose();

        private static SslStream Secure(Stream plain, X509Certificate2 certificate)
        {
            var stream = new SslStream(plain);
            stream.AuthenticateAsServer(certificate);
            return stream;
        }

        private void Run()
        {
            try
            {
                using var socket = _listener.Accept();
                socket.NoDelay = true;
                using Stream plain = new NetworkStream(socket);
                using var stream = _certificate is null ? plain : Secure(plain, _certificate);
                var buffer = new byte[8192];
                var reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();
                while (stream.Read(buffer) > 0)
                {
                    stream.Write(reply);
                }
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                // The test is over.
            }
        }
    }
}
