using Metering.Audit.Ledgers;

namespace MeteringTimes.Events;

/// <summary>
/// What one sender sends: new events, and a share of repetitions of those that were acknowledged. Its ledger has the latter. Not for two threads.
/// </summary>
/// <param name="population">The customers.</param>
/// <param name="repeats">The share of repetitions, 0 to 1.</param>
/// <param name="seed">Ids and everything else follow from it.</param>
internal sealed class Feed(Population population, double repeats, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Sample> _acknowledged = [];

    public Population Population => population;

    /// <summary>The share of repetitions from here on.</summary>
    public double Repeats { get; set; } = repeats;

    public int Acknowledged => _acknowledged.Count;

    /// <summary>The next event to send.</summary>
    public Sample Next(DateTime now, out bool isRepeat)
    {
        isRepeat = Repeats > 0 && _acknowledged.Count > 0 && _random.NextDouble() < Repeats;
        return isRepeat ? _acknowledged[_random.Next(_acknowledged.Count)] : Sample.Draw(population, _random, now);
    }

    /// <summary>Takes note of an event that was acknowledged for the first time.</summary>
    public void Acknowledge(Sample sample) => _acknowledged.Add(sample);

    /// <summary>Adds what was acknowledged to the ledger of an audit.</summary>
    public void AddTo(Ledger ledger)
    {
        foreach (var sample in _acknowledged)
        {
            ledger.Add(sample.ToUsage(population), "ok", isNew: true);
        }
    }
}
