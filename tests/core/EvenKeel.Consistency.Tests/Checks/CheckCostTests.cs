using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class CheckCostTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hundred_thousand_operations_with_long_lists_are_judged_in_seconds(bool diverging)
    {
        var time = TimeProvider.System;
        var history = Build(diverging);
        var before = time.GetTimestamp();

        var results = ConsistencyChecks.Run(history, new CheckSettings { MaxDowntime = null });
        var elapsed = time.GetElapsedTime(before);

        Assert.Equal(diverging, results.Any(static result => result.Status == CheckStatus.Violated));
        Assert.Equal(diverging ? 50_000 : 0, results.Single(static result => result.Name == CheckNames.StaleReads).FindingCount);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{history.Operations.Length} operations, {history.Elements.Count} elements: {elapsed.TotalSeconds:0.00} s");

        // Far above what it takes (under 2 s in release on a free core), far below what one look per element and read would take.
        Assert.True(elapsed < TimeSpan.FromSeconds(60), $"took {elapsed}");
    }

    /// <summary>50,000 adds and 50,000 lists in turn; each list shows all elements, or those of its own instance.</summary>
    private static History Build(bool diverging)
    {
        var elements = new ElementTable();
        var shown = new ulong[][] { new ulong[800], new ulong[800] };
        var operations = new List<Operation>();
        for (var i = 0; i < 50_000; i++)
        {
            var instance = i % 2;
            var element = new Element($"id-{i}", $"value-{i}");
            var number = elements.Intern(element);
            shown[instance][number >> 6] |= 1UL << number;
            if (!diverging)
            {
                shown[1 - instance][number >> 6] |= 1UL << number;
            }

            operations.Add(Operation(operations.Count, OperationKind.Add, instance, i) with { ElementId = element.Id, Value = element.Value });
            operations.Add(Operation(operations.Count, OperationKind.List, 1 - instance, i + 0.6) with
            {
                Session = $"reader-{i / 500}",
                Elements = elements.Pack(shown[1 - instance]),
            });
        }

        for (var instance = 0; instance < 2; instance++)
        {
            operations.Add(Operation(operations.Count, OperationKind.List, instance, 60_000) with
            {
                Phase = OperationPhase.Final, Direct = true, Elements = elements.Pack(shown[instance]),
            });
        }

        return new History(operations, elements);
    }

    private static Operation Operation(int index, OperationKind kind, int instance, double at) => new()
    {
        Index = index,
        Session = $"s{instance}",
        Kind = kind,
        Instance = $"web-{instance + 1}",
        Intended = TimeSpan.FromMilliseconds(at),
        Sent = TimeSpan.FromMilliseconds(at),
        End = TimeSpan.FromMilliseconds(at + 0.2),
        Outcome = OperationOutcome.Ok,
    };
}
