using System.Runtime.InteropServices;
using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;
using Measure;
using MeteringTimes;
using MeteringTimes.Closings;
using MeteringTimes.Databases;
using MeteringTimes.Events;
using MeteringTimes.Loads;
using MeteringTimes.Processes;
using MeteringTimes.Rungs;

// usage: MeteringTimes FOLDER ROOT VERSION quick|full all|WORKLOAD POSTGRES POSTGRES-PID TICKS-PER-SECOND REDIS NGINX
// `run` beside this folder starts the servers, and this with their addresses; REDIS and NGINX may be empty.
if (TimesArguments.Read(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync("MeteringTimes: it is started by benchmarks/metering/run");
    return 2;
}

// Whoever ends this ends what it has started.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Server.EndAll());
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Server.EndAll());
var report = new Report("Metering: cost of an event", "benchmarks/metering/run", arguments.Version);
var (table, invalid) = (new ResultTable(), new List<string>());
var ladder = new Ladder(table, invalid);
var ticks = new CpuClock(arguments.TicksPerSecond);
await using var loops = new EpollLoopGroup(new LoopGroupOptions { Loops = 1, BlockedAfter = TimeSpan.FromSeconds(5) });
await using var direct = await BenchDatabase.CreateAsync(arguments.Postgres, "direct");
await using var served = await BenchDatabase.CreateAsync(arguments.Postgres, "served");

// 1. What PostgreSQL promises. Without these an acknowledgement would say nothing.
var (fsync, commit) = (await served.TextAsync("SHOW fsync"), await served.TextAsync("SHOW synchronous_commit"));
var durability = $"fsync {fsync} and synchronous_commit {commit}";
if (durability != "fsync on and synchronous_commit on")
{
    await Console.Error.WriteLineAsync($"run: PostgreSQL runs with {durability}: it has to keep what it confirms");
    return 1;
}

var server = await served.TextAsync("SELECT version() || ', shared_buffers ' || current_setting('shared_buffers') || ', max_wal_size ' || current_setting('max_wal_size')");

// 2. The rungs, and which of them run with other mixes.
var fleet = new Fleet(arguments.Root, arguments.Folder, arguments.Redis);
List<Server> instances = [];
Server? gateway = null, nginx = null;
var bench = new Bench
{
    PostgresId = arguments.PostgresId, Direct = direct, Served = served, Clock = ticks, Loop = loops.Loops[0], Warm = arguments.Warm, Length = arguments.Length,
};
HttpRung Http(string name, string below, int users, int perRequest) => new(bench, name, below, users, perRequest) { Instances = () => instances };
double Half() => Math.Max(200, ladder.RateOf("single-350") / 2);
IRung[] alone =
[
    new CopyBareRung(bench), new CopyTableRung(bench), new UnnestRung(bench), new IngestRung(bench),
    Http("batch-5000", "transaction", users: 3, perRequest: 5000), Http("batch-1000", "transaction", users: 8, perRequest: 1000),
    Http("batch-100", "batch-1000", users: 16, perRequest: 100), Http("single-350", "batch-100", users: 350, perRequest: 1),
    Http("single-500", "batch-100", users: 500, perRequest: 1),
    new HttpRung(bench, "single-paced", "single-350", users: 350, perRequest: 1) { Instances = () => instances, Rate = Half },
];
string[] mixed = ["transaction", "batch-1000", "single-350"];
List<IRung> pairs = [new HttpRung(bench, "pair-gateway", "single-350", users: 350, perRequest: 1) { Instances = () => instances, Balancer = () => gateway! }];
if (arguments.Nginx.Length > 0)
{
    pairs.Add(new HttpRung(bench, "pair-nginx", "single-350", users: 350, perRequest: 1) { Instances = () => instances, Balancer = () => nginx! });
}

string[] closings = ["close-5", "close-5000", "close-loaded", "late"];
string[] workloads = [.. alone.Select(rung => rung.Name), .. pairs.Select(rung => rung.Name), .. closings];
if (arguments.Only != "all" && !workloads.Contains(arguments.Only))
{
    await Console.Error.WriteLineAsync($"run: no workload '{arguments.Only}'; there are: {string.Join(' ', workloads)}");
    return 2;
}

bool Wanted(string workload) => arguments.Only == "all" || arguments.Only == workload || (arguments.Only == "single-paced" && workload == "single-350");

// 3. Rounds, so that a slow moment meets all alike. An instance is started once and has a warm-up of its own: its compiler works longest at first.
try
{
    for (var round = 0; round < arguments.Runs; round++)
    {
        await RunRoundAsync(round);
    }
}
catch (BenchmarkException error)
{
    invalid.Add(error.Message);
    await Console.Error.WriteLineAsync($"run: it ends here: {error.Message}");
}
finally
{
    await StopAsync();
}

// 4. The tables.
string[] notes =
[
    $"{server.Split(',')[0]}{server[server.IndexOf(", shared", StringComparison.Ordinal)..]}, {durability}.",
    $"Redis for the locks of windows: {(arguments.Redis.Length > 0 ? "yes" : "no")}. Load, service and servers share the machine.",
    "CPU s/M are seconds of processor time for a million events, which is microseconds for one; repetitions count as events. Of two instances it is the",
    "sum. Every run was audited: the windows in the database are those that the ledger of acknowledged ids gives, or the run is not in here.",
    .. invalid.Select(what => $"NOT COUNTED: {what}"),
];
(string, Func<ResultRow, bool>)[] sections =
[
    ("The ladder, by customers and repetitions", row => !closings.Contains(row.Workload)),
    ("Windows", row => closings.Contains(row.Workload)),
];
Console.Write(report.Write(Path.Combine(arguments.Folder, "out"), notes, table, sections, Targets.Judge(table, durability)));
return invalid.Count == 0 ? 0 : 1;

async Task RunRoundAsync(int round)
{
    var seed = 1000 * (round + 1);
    var mixes = (IRung rung) => mixed.Contains(rung.Name) ? [Ladder.Plain, .. Ladder.Others] : new[] { Ladder.Plain };
    foreach (var rung in alone.Where(rung => Wanted(rung.Name)))
    {
        if (rung is HttpRung && instances.Count == 0)
        {
            instances.Add(await fleet.StartMeteringAsync(served.Settings.Database, "one"));
            await WarmAsync();
        }

        foreach (var mix in mixes(rung))
        {
            await Console.Error.WriteLineAsync($"run: {round + 1}/{arguments.Runs} {rung.Name}, {mix.Name}");
            await ladder.RunAsync(rung, mix, seed++);
        }
    }

    if (pairs.Exists(rung => Wanted(rung.Name)))
    {
        await StartPairAsync();
        foreach (var rung in pairs.Where(rung => Wanted(rung.Name)))
        {
            await Console.Error.WriteLineAsync($"run: {round + 1}/{arguments.Runs} {rung.Name}");
            await ladder.RunAsync(rung, Ladder.Plain, seed++);
        }
    }

    await StopAsync();
    if (closings.Any(Wanted))
    {
        await Console.Error.WriteLineAsync($"run: {round + 1}/{arguments.Runs} closing");
        await CloseAsync(seed);
    }
}

async Task WarmAsync()
{
    foreach (var (users, perRequest) in new[] { (8, 1000), (350, 1) })
    {
        await using (var load = new HttpLoad(bench.Loop, instances[^1].Address, new Feed(Population.Zipf, 0, 1), users, perRequest))
        {
            await load.StartAsync();
            await Task.Delay(TimeSpan.FromSeconds(arguments.IsFull ? 4 : 2), TimeProvider.System, CancellationToken.None);
            try
            {
                await load.StopAsync();
            }
            catch (BenchmarkException error)
            {
                // It is not measured; what is wrong shows again when it is.
                await Console.Error.WriteLineAsync($"run: warm-up: {error.Message}");
            }
        }

        await served.ClearAsync();
    }
}

async Task StartPairAsync()
{
    while (instances.Count < 2)
    {
        instances.Add(await fleet.StartMeteringAsync(served.Settings.Database, instances.Count == 0 ? "one" : "two"));
        await WarmAsync();
    }

    gateway = await fleet.StartGatewayAsync([.. instances]);
    nginx = arguments.Nginx.Length > 0 ? await fleet.StartNginxAsync(arguments.Nginx, [.. instances]) : null;
}

async Task StopAsync()
{
    foreach (var one in new[] { gateway, nginx }.Concat(instances))
    {
        if (one is not null)
        {
            await one.DisposeAsync();
        }
    }

    (gateway, nginx) = (null, null);
    instances.Clear();
}

async Task CloseAsync(int seed)
{
    var (window, grace) = ($"{ClosingRun.Window.TotalSeconds:0}s", $"{ClosingRun.Grace.TotalSeconds:0}s");
    foreach (var name in new[] { "one", "two" })
    {
        instances.Add(await fleet.StartMeteringAsync(served.Settings.Database, name, window, grace));
    }

    var run = new ClosingRun(bench, instances, Half);
    try
    {
        // The first time is the warm-up: nothing was closed by these processes before.
        await run.RunManyAsync(null, seed++);
        await run.RunManyAsync(table, seed++);
        await run.RunFewAsync(table, seed++);
        await run.RunLoadedAsync(table, seed);
    }
    catch (Exception error) when (error is BenchmarkException or Npgsql.NpgsqlException or HttpRequestException)
    {
        invalid.Add($"closing: {error.Message}");
        await Console.Error.WriteLineAsync($"run: NOT COUNTED: {invalid[^1]}");
    }

    await StopAsync();
}
