using System.Globalization;
using MeteringTimes.Events;

namespace MeteringTimes.Rungs;

/// <summary>Whose events are sent, and how many of them are repetitions.</summary>
/// <param name="Population">The customers.</param>
/// <param name="Repeats">The share of repetitions, 0 to 1.</param>
internal sealed record Mix(Population Population, double Repeats)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Population.Name}, {Repeats:0 %} repeated");
}
