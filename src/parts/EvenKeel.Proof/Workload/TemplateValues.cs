using System.Globalization;

namespace EvenKeel.Proof.Workload;

/// <summary>What the placeholders of a template stand for in one request.</summary>
/// <param name="Id">The element's id.</param>
/// <param name="Value">The element's value.</param>
/// <param name="Number">A number that grows by one with each request of the run.</param>
/// <param name="Seed">The seed of the run.</param>
internal readonly record struct TemplateValues(string Id, string Value, long Number, ulong Seed)
{
    public string Of(int name) => name switch
    {
        0 => Id,
        1 => Value,
        2 => Number.ToString(CultureInfo.InvariantCulture),
        _ => Seed.ToString(CultureInfo.InvariantCulture),
    };
}
