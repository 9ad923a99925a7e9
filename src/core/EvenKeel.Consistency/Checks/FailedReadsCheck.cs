using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Checks;

/// <summary>No request that may safely be sent again (a list, a get, a probe) may fail through the gateway, whatever happens behind it.</summary>
internal static class FailedReadsCheck
{
    public static CheckResult Check(History history, CheckSettings settings)
    {
        var findings = new FindingList(settings.MaxFindings);
        var examined = 0;
        foreach (var operation in history.Operations)
        {
            if (operation.Direct
                || operation.Phase == OperationPhase.CleanUp
                || operation.Reason == Operation.GivenUp
                || !(operation.IsRead || operation.Kind == OperationKind.Probe))
            {
                continue;
            }

            examined++;
            if (operation.Outcome != OperationOutcome.Ok)
            {
                findings.Add(() => Tell(operation, settings));
            }
        }

        var (status, summary) = (findings.Count, examined) switch
        {
            ( > 0, _) => (CheckStatus.Violated, $"{findings.Count} of {Telling.Count(examined, "idempotent request")} failed."),
            (_, 0) => (CheckStatus.Inconclusive, "No idempotent request was sent."),
            _ => (CheckStatus.Passed, $"None of {Telling.Count(examined, "idempotent request")} failed."),
        };
        return new CheckResult
        {
            Name = CheckNames.FailedReads,
            Subject = CheckSubject.Service,
            Status = status,
            Summary = summary,
            Advice = status == CheckStatus.Violated
                ? "Let the gateway retry idempotent requests on another instance, and drain an instance before it is stopped."
                : null,
            Examined = examined,
            Findings = findings.Listed,
            FindingCount = findings.Count,
            Measures = [new("requests", examined), new("failed", findings.Count)],
        };
    }

    private static Finding Tell(Operation operation, CheckSettings settings)
    {
        var during = settings.Faults.Where(fault => fault.Start <= operation.End && (fault.End ?? TimeSpan.MaxValue) >= operation.Intended)
            .Select(static fault => fault.Name).ToList();
        return new Finding
        {
            Sentence = $"{Telling.Of(operation)} failed at {Telling.Moment(operation.End)} ({operation.Reason ?? "no reason recorded"})"
                + (during.Count > 0 ? $", during {Telling.Join(during)}." : ", with no fault at the time."),
            Operations = [operation.Index],
            At = operation.Sent,
            Instances = Telling.Instances(operation),
        };
    }
}
