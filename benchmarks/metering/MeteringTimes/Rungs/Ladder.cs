using Measure;
using MeteringTimes.Events;

namespace MeteringTimes.Rungs;

/// <summary>Runs rungs and puts what counts into a table.</summary>
/// <param name="table">The table.</param>
/// <param name="invalid">What did not count, and why.</param>
internal sealed class Ladder(ResultTable table, List<string> invalid)
{
    public const string OfBelow = "% of the rung below";
    private readonly Dictionary<(string Rung, string Mix), double> _rates = [];

    public static readonly Mix Plain = new(Population.Hot, 0);

    /// <summary>Other mixes, for some of the rungs.</summary>
    public static readonly IReadOnlyList<Mix> Others = [new(Population.Hot, 0.01), new(Population.Hot, 1), new(Population.Zipf, 0)];

    /// <summary>The rate of a rung in the round that runs now; 0 when it did not count.</summary>
    public double RateOf(string rung) => _rates.GetValueOrDefault((rung, Plain.Name));

    /// <summary>Runs a rung once.</summary>
    public async Task RunAsync(IRung rung, Mix mix, int seed)
    {
        _rates.Remove((rung.Name, mix.Name));
        RungResult result;
        try
        {
            result = await rung.RunAsync(mix, seed);
        }
        catch (Exception error) when (error is BenchmarkException or Npgsql.NpgsqlException)
        {
            invalid.Add($"{rung.Name} ({mix.Name}): {error.Message.ReplaceLineEndings(" ")}");
            await Console.Error.WriteLineAsync($"run: NOT COUNTED: {invalid[^1]}");
            return;
        }

        var measured = result.Measured;
        _rates[(rung.Name, mix.Name)] = measured.Rate;
        table.Add(rung.Name, mix.Name, "events/s", measured.Rate);
        for (var i = 0; i < result.Groups.Count; i++)
        {
            table.Add(rung.Name, mix.Name, $"{result.Groups[i]} CPU s/M", measured.Cpu[i].TotalMicroseconds / measured.Events);
        }

        table.Add(rung.Name, mix.Name, "p50 ms", measured.At(0.5).TotalMilliseconds);
        table.Add(rung.Name, mix.Name, "p99 ms", measured.At(0.99).TotalMilliseconds);
        if (rung.Below is { } below && _rates.TryGetValue((below, mix.Name), out var other))
        {
            table.Add(rung.Name, mix.Name, OfBelow, 100 * measured.Rate / other);
        }
    }
}
