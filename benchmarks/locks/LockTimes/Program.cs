using LockTimes;
using LockTimes.Subjects;
using Measure;

// usage: LockTimes FOLDER VERSION full|quick WORKLOAD|all SERVER=ADDRESS...
// SERVER is node, redis or postgresql. Measures and writes results.md and results.tsv into FOLDER. benchmarks/locks/run starts it.
if (args is not [var folder, var version, ("full" or "quick") and var extent, var only, .. var servers] || servers.Length == 0)
{
    await Console.Error.WriteLineAsync("usage: LockTimes FOLDER VERSION full|quick WORKLOAD|all SERVER=ADDRESS...");
    return 2;
}

var length = TimeSpan.FromSeconds(extent == "quick" ? 0.5 : 2);
var runs = extent == "quick" ? 3 : 5;
Uncontended[] pairs = [new(1, length), new(16, length)];
HandOver[] handOvers = [new(1, length), new(10, length), new(100, length)];
(string Workload, Func<ISubject, ResultTable?, CancellationToken, Task> Run)[] workloads =
    [.. pairs.Select(one => (one.Workload, (Func<ISubject, ResultTable?, CancellationToken, Task>)one.RunAsync)),
        .. handOvers.Select(one => (one.Workload, (Func<ISubject, ResultTable?, CancellationToken, Task>)one.RunAsync))];
if (only != "all" && !workloads.Any(one => one.Workload == only))
{
    await Console.Error.WriteLineAsync($"run: no workload '{only}'; there are: {string.Join(' ', workloads.Select(one => one.Workload))}");
    return 2;
}

var report = new Report("Locks: cost of a lock", "benchmarks/locks/run", version);
var table = new ResultTable();
var subjects = new List<ISubject>();
foreach (var (kind, address) in servers.Select(server => (server[..server.IndexOf('=')], server[(server.IndexOf('=') + 1)..])))
{
    switch (kind)
    {
        case "node":
            subjects.Add(new RespSubject("node", address, isNode: true, isPlain: false));
            break;
        case "redis":
            subjects.Add(new RespSubject("redis", address, isNode: false, isPlain: false));
            subjects.Add(new RespSubject("redis-plain", address, isNode: false, isPlain: true));
            break;
        case "postgresql":
            subjects.Add(await PostgresSubject.OpenAsync("postgresql", address, isPlain: false, CancellationToken.None));
            subjects.Add(await PostgresSubject.OpenAsync("postgresql-advisory", address, isPlain: true, CancellationToken.None));
            break;
        default:
            await Console.Error.WriteLineAsync($"run: no server '{kind}'; there are node, redis and postgresql");
            return 2;
    }
}

foreach (var (workload, run) in workloads.Where(one => only == "all" || one.Workload == only))
{
    Console.Error.WriteLine($"run: {workload}");
    for (var i = -1; i < runs; i++)
    {
        foreach (var subject in subjects)
        {
            // The first round is the warm-up of all.
            await run(subject, i < 0 ? null : table, CancellationToken.None);
        }
    }
}

foreach (var subject in subjects)
{
    await subject.DisposeAsync();
}

string[] notes =
[
    "Client and servers share the machine. `redis-plain` is SET with NX and PX and a script that compares and deletes, asked again every 10 ms while",
    "somebody else holds it; `postgresql-advisory` is pg_advisory_lock, with a connection for every caller. Neither has a fencing token, a lease that is",
    "watched or an order. PostgreSQL runs as it comes: every grant is on disk before its answer, while advisory locks write nothing. Statements that reset a",
    "connection of the pool count as commands and not as requests: they travel with the next one.",
];
(string, Func<ResultRow, bool>)[] sections =
[
    ("Acquire and release, nobody else wants it, by callers at work", row => row.Workload.StartsWith("pair", StringComparison.Ordinal)),
    ("Hand-over of one lock, by waiters", row => row.Workload.StartsWith("hand-over", StringComparison.Ordinal)),
];
Console.Write(report.Write(folder, notes, table, sections, Targets.Judge(table)));
return 0;
