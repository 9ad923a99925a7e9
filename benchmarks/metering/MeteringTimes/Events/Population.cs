namespace MeteringTimes.Events;

/// <summary>The customers of a workload, all of one tenant, and how their events are shared out among them.</summary>
internal sealed class Population
{
    public const string Tenant = "1";

    private readonly double[] _upTo;

    private Population(string name, IReadOnlyList<string> customers, Func<int, double> weight)
    {
        Name = name;
        Customers = customers;
        _upTo = new double[customers.Count];
        var sum = 0.0;
        for (var i = 0; i < _upTo.Length; i++)
        {
            _upTo[i] = sum += weight(i);
        }
    }

    /// <summary>Five customers with the same share each.</summary>
    public static Population Hot { get; } = new("hot", [.. Enumerable.Range(1, 5).Select(i => $"hot-{i}")], _ => 1);

    /// <summary>10,000 customers by Zipf's law: the n-th has one n-th of the first one's events.</summary>
    public static Population Zipf { get; } = new("zipf", [.. Enumerable.Range(1, 10_000).Select(i => $"zipf-{i}")], i => 1.0 / (i + 1));

    public string Name { get; }

    public IReadOnlyList<string> Customers { get; }

    /// <summary>Draws a customer, by its place.</summary>
    public int Draw(Random random)
    {
        var at = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
        return Math.Min(at < 0 ? ~at : at, _upTo.Length - 1);
    }
}
