using Choices;
using Measure;

// usage: Choices FOLDER VERSION full|quick [WORKLOAD]
// Measures and writes results.md and results.tsv into FOLDER. benchmarks/routing/run starts it.
if (args is not [var folder, var version, ("full" or "quick") and var extent, .. var rest] || rest.Length > 1)
{
    await Console.Error.WriteLineAsync("usage: Choices FOLDER VERSION full|quick [WORKLOAD]");
    return 2;
}

var quick = extent == "quick";
var only = rest.FirstOrDefault();
int[] sizes = [10, 1000, 10_000];
string[] workloads = ["look-ups", .. sizes.Select(size => $"policy-{size}"), .. sizes.Select(size => $"choice-{size}"), "spread"];
if (only is not null && !workloads.Contains(only))
{
    await Console.Error.WriteLineAsync($"run: no workload '{only}'; there are: {string.Join(' ', workloads)}");
    return 2;
}

bool Wanted(string workload) => only is null || only == workload;
var report = new Report("Routing: cost of a choice", "benchmarks/routing/run", version);
var table = new ResultTable();
var meter = new LoopMeter(quick ? 5 : 7, TimeSpan.FromMilliseconds(quick ? 10 : 50));
void Measured(string workload, Func<IEnumerable<MeasuredLoop>> loops)
{
    if (Wanted(workload))
    {
        Console.Error.WriteLine($"run: {workload}");
        meter.Measure([.. loops()], table);
    }
}

Measured("look-ups", LookUpLoops.Make);
foreach (var size in sizes)
{
    Measured($"policy-{size}", () => PolicyLoops.Make(size));
}

foreach (var size in sizes)
{
    Measured($"choice-{size}", () => ChoiceLoops.Make(size));
}

if (Wanted("spread"))
{
    Console.Error.WriteLine("run: spread");
    new Spread(quick ? 5 : 15, quick ? 5_000 : 20_000).Measure(table);
}

string[] notes =
[
    "Nanoseconds are of processor time, on one thread; lower is better.",
];
(string, Func<ResultRow, bool>)[] sections =
[
    ("Look-ups, 1,000 endpoints with 150 virtual nodes each", row => row.Unit == "ns/look-up"),
    ("A choice of the gateway: choose, count, end", row => row.Workload.StartsWith("choice", StringComparison.Ordinal) && row.Unit == "ns/choice"),
    ("The decision alone", row => row.Workload.StartsWith("policy", StringComparison.Ordinal) && row.Unit == "ns/choice"),
    ("Bytes allocated", row => row.Unit.StartsWith("bytes", StringComparison.Ordinal)),
    ("Ten endpoints: the hottest over the mean, by virtual nodes", row => row.Workload.StartsWith("balance", StringComparison.Ordinal)),
    ("Ten endpoints: keys that move when one comes (best 9.09 %) or leaves (best 10 %), by virtual nodes",
        row => row.Workload.StartsWith("moved", StringComparison.Ordinal)),
];
Console.Write(report.Write(folder, notes, table, sections, Targets.Judge(table)));
return 0;
