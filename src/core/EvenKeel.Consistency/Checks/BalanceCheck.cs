using System.Globalization;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Checks;

/// <summary>
/// Compares what each instance answered in the control phase, through the gateway, with an equal share: under faults shares differ for good reasons.
/// Fewer than <see cref="EnoughPerInstance"/> requests per instance say nothing.
/// </summary>
internal static class BalanceCheck
{
    /// <summary>Requests per instance below which chance decides.</summary>
    public const int EnoughPerInstance = 10;

    public static BalanceResult Check(History history, CheckSettings settings)
    {
        var answered = settings.Instances.ToDictionary(static name => name, static _ => 0);
        foreach (var operation in history.Operations)
        {
            if (operation is { Phase: OperationPhase.Control, Direct: false, Instance: { } instance })
            {
                answered[instance] = answered.GetValueOrDefault(instance) + 1;
            }
        }

        var total = answered.Values.Sum();
        var ratio = total == 0 ? 0 : answered.Values.Max() * (double)answered.Count / total;
        var shares = answered.OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new InstanceShare(pair.Key, pair.Value, total == 0 ? 0 : pair.Value / (double)total)).ToList();
        var (status, summary) = Judge(settings, answered.Count, total, ratio);
        var findings = status == CheckStatus.Violated ? (Finding[])[Tell(shares, ratio)] : [];
        return new BalanceResult
        {
            Name = CheckNames.Balance,
            Subject = CheckSubject.Service,
            Status = status,
            Summary = summary,
            Advice = status == CheckStatus.Violated
                ? "Balance each request, not each connection; look at affinity and weights, and at an instance that answers errors fastest."
                : null,
            Examined = total,
            Findings = findings,
            FindingCount = findings.Length,
            Measures = [new("busiest over equal share", ratio), new("requests", total)],
            Shares = shares,
            MaxOverMean = ratio,
        };
    }

    private static (CheckStatus Status, string Summary) Judge(CheckSettings settings, int instances, int total, double ratio)
    {
        var found = string.Create(
            CultureInfo.InvariantCulture,
            $"The busiest of {Telling.Count(instances, "instance")} answered {ratio:0.00} times an equal share of {Telling.Count(total, "request")}.");
        if (settings.MaxImbalance is not { } limit)
        {
            return (CheckStatus.Skipped, total == 0 ? "No reply of the control phase named its instance. Measured, not judged."
                : $"{found} Measured, not judged.");
        }

        if (instances < 2)
        {
            return (CheckStatus.Skipped, "One instance has nothing to share.");
        }

        if (total < instances * EnoughPerInstance)
        {
            return (CheckStatus.Inconclusive, $"{Telling.Count(total, "request")} of the control phase on {instances} instances cannot tell balance from chance.");
        }

        return ratio > limit
            ? (CheckStatus.Violated, string.Create(CultureInfo.InvariantCulture, $"{found} Allowed: {limit:0.00}."))
            : (CheckStatus.Passed, found);
    }

    private static Finding Tell(List<InstanceShare> shares, double ratio)
    {
        var busiest = shares.MaxBy(static share => share.Requests)!;
        return new Finding
        {
            Sentence = string.Create(
                CultureInfo.InvariantCulture,
                $"{busiest.Instance} answered {busiest.Share:P0} of the control phase, {ratio:0.00} times an equal share."),
            Instances = [busiest.Instance],
        };
    }
}
