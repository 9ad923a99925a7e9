using System.Globalization;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests.Endurance;

[Trait("Category", "Long")]
public sealed class MemoryLongTests : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(50);

    // Until minute 2 there are five times as many rude clients, so that the memory has settled above what the usual number needs. A leak for each
    // client or request still shows; growth up to the size of that rush does not.
    private static readonly TimeSpan Rush = TimeSpan.FromMilliseconds(10);
    private readonly Sandbox _sandbox = new();
    private readonly FixedServer _small = new(1024);
    private readonly FixedServer _large = new(4 * 1024 * 1024);

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _small.DisposeAsync();
        await _large.DisposeAsync();
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("socket")]
    public async Task Between_minute_2_and_12_of_half_load_with_rude_clients_resident_memory_grows_by_less_than_5_percent(string transport)
    {
        _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            name: alone
            services:
              web: { addresses: ["{{_small.Address}}"] }
              large: { addresses: ["{{_large.Address}}"] }
            gateway:
              transport: {{transport}}
              timeouts: { head: 5s, idle: 5s }
              routes: [ { path: /large, service: large }, { service: web } ]
            """);
        using var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("Service  http://");
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        var url = _sandbox.RunOf("alone").Gateway!;
        var rate = await SaturationAsync(url) / 2;

        var start = TimeProvider.System.GetTimestamp();
        var curve = new List<(double Minute, long KiB)>();
        await using (var load = new SteadyLoad(url, "/", rate))
        await using (var rude = new RudeClients(url, "/large") { Pause = Rush })
        {
            rude.Start();
            while (curve.Count == 0 || curve[^1].Minute < 12)
            {
                await Task.Delay(Step, TimeProvider.System, TestContext.Current.CancellationToken);
                rude.Pause = curve.Count < 5 ? Rush : Usual;
                curve.Add((TimeProvider.System.GetElapsedTime(start).TotalMinutes, ResidentKiB(gateway.Pid)));
                TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{transport} minute {curve[^1].Minute:0.0}: {curve[^1].KiB} KiB, {load.Answered} answered, {load.Failures.Count} failed, {rude.Count} rude"));
            }

            Assert.Empty(load.Failures);
            Assert.True(load.Answered > rate * 60 * 8, $"INCONCLUSIVE: {load.Answered} requests were answered at {rate:0}/s");
            Assert.True(rude.Count > 5_000, $"INCONCLUSIVE: {rude.Count} rude clients");
        }

        // The middle of five neighbours: a collection may fall on one of them.
        var before = MiddleOf(curve.Where(point => point.Minute >= 2).Take(5));
        var after = MiddleOf(curve.TakeLast(5));
        Assert.True(after <= before * 1.05, $"{before} KiB at minute 2 and {after} KiB at minute 12, at {rate:0} requests a second");
        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);
    }

    private static async Task<double> SaturationAsync(Uri url)
    {
        var start = TimeProvider.System.GetTimestamp();
        await using var load = new SteadyLoad(url, "/", 0);
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await load.FinishAsync();
        Assert.Empty(load.Failures);
        return load.Answered / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static long MiddleOf(IEnumerable<(double Minute, long KiB)> points) => points.Select(point => point.KiB).Order().ElementAt(2);

    private static long ResidentKiB(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
