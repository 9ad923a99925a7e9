using System.Globalization;
using EvenKeel.Cli.Terminals;
using EvenKeel.Proof.Load;

namespace EvenKeel.Cli.Commands;

/// <summary>A line for each report of a running load.</summary>
internal sealed class LoadConsole(Terminal terminal) : IProgress<LoadProgress>
{
    public void Report(LoadProgress value) => terminal.Progress(string.Create(
        CultureInfo.InvariantCulture,
        $"{value.Elapsed.TotalSeconds,4:0} s of {value.Duration.TotalSeconds:0} s  {value.Sent} done  {value.Failed} failed  {value.Waiting} waiting  p99 {value.P99.TotalMilliseconds:0.0} ms"));
}
