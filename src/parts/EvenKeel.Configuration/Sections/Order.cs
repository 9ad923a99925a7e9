using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>The check that a first step is not longer than the longest one.</summary>
internal static class Order
{
    public static void Require(KeyValues values, Key<TimeSpan> first, Key<TimeSpan> max)
    {
        if (values.TryGet(first, out var low) && values.TryGet(max, out var high) && low > high)
        {
            var culprit = values.Has(max) ? max : first;
            values.Fail(DiagnosticCodes.Contradiction, values.ValueSpan(culprit),
                $"'{first.Name}' is {DurationText.Format(low)} and longer than '{max.Name}', which is {DurationText.Format(high)}",
                values.Has(first) && values.Has(max) ? null : $"'{(culprit == max ? first : max).Name}' has its default");
        }
    }
}
