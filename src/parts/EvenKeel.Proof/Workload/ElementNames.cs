using System.Globalization;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Workload;

/// <summary>
/// Ids and values for new elements, distinct within a run and from those of other runs against the same database: both carry a mark made of the run's
/// start and its seed.
/// </summary>
internal sealed class ElementNames
{
    private readonly string _mark;
    private readonly ulong _seed;
    private long _number;

    public ElementNames(ulong seed, DateTimeOffset startedAt)
    {
        _seed = seed;
        _mark = string.Create(CultureInfo.InvariantCulture, $"{Base36(startedAt.ToUnixTimeMilliseconds())}-{seed}");
    }

    /// <summary>The values of the next request.</summary>
    public TemplateValues Next()
    {
        var number = Interlocked.Increment(ref _number);
        var tail = string.Create(CultureInfo.InvariantCulture, $"{_mark}-{number}");
        return new TemplateValues("ek-" + tail, "ev-" + tail, number, _seed);
    }

    /// <summary>True for an element that this run added.</summary>
    public bool IsOurs(Element element) =>
        element.Value?.StartsWith($"ev-{_mark}-", StringComparison.Ordinal) == true || element.Id.StartsWith($"ek-{_mark}-", StringComparison.Ordinal);

    private static string Base36(long number)
    {
        var digits = "";
        for (; number > 0; number /= 36)
        {
            digits = "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(number % 36)] + digits;
        }

        return digits;
    }
}
