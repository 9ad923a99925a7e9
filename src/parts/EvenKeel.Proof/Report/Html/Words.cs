using System.Globalization;
using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Html;

/// <summary>The words, glyphs and style classes of the report. A colour never stands alone: each comes with a glyph and a word.</summary>
internal static class Words
{
    public static (string Glyph, string Word, string Class) Of(Verdict verdict) => verdict switch
    {
        Verdict.Pass => ("\u2714", "PASS", "good"),
        Verdict.Violation => ("\u2715", "VIOLATION", "bad"),
        _ => ("?", "INCONCLUSIVE", "open"),
    };

    public static (string Glyph, string Word, string Class) Of(CheckStatus status) => status switch
    {
        CheckStatus.Passed => ("\u2714", "passed", "good"),
        CheckStatus.Violated => ("\u2715", "violated", "bad"),
        CheckStatus.Inconclusive => ("?", "inconclusive", "open"),
        _ => ("\u2013", "not judged", "off"),
    };

    public static (string Glyph, string Word, string Class) Of(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Ok => ("\u25CF", "ok", "ok"),
        OperationOutcome.Failed => ("\u2715", "failed", "failed"),
        _ => ("\u25C7", "unknown", "unknown"),
    };

    public static (string Glyph, string Word, string Class) Of(InstanceCondition condition) => condition switch
    {
        InstanceCondition.Ready => ("\u25CF", "ready", "ready"),
        InstanceCondition.Starting => ("\u25CB", "starting", "starting"),
        InstanceCondition.NotReady => ("\u25D4", "not ready", "notready"),
        InstanceCondition.Draining => ("\u25D0", "draining", "draining"),
        InstanceCondition.Paused => ("\u2016", "paused", "paused"),
        InstanceCondition.Down => ("\u2715", "down", "down"),
        _ => ("?", "unknown", "blank"),
    };

    /// <summary>A check's name in plain words.</summary>
    public static string Title(string check) => check switch
    {
        CheckNames.LostWrites => "Nothing acknowledged is lost",
        CheckNames.Divergence => "All instances agree",
        CheckNames.StaleReads => "Reads are never stale",
        CheckNames.ReadYourWrites => "Sessions read their own writes",
        CheckNames.MonotonicReads => "Sessions never go back",
        CheckNames.Duplicates => "Nothing is there twice",
        CheckNames.Audit => "What was acknowledged is there, and once",
        CheckNames.Downtime => "The service stays up",
        CheckNames.FailedReads => "No safe request fails",
        CheckNames.Balance => "Load is spread evenly",
        _ => check,
    };

    public static string Kind(OperationKind kind) => kind switch
    {
        OperationKind.Add => "add",
        OperationKind.List => "list",
        OperationKind.Get => "get",
        OperationKind.Remove => "remove",
        OperationKind.Request => "request",
        _ => "probe",
    };

    /// <summary>A moment in seconds: <c>3.214 s</c>.</summary>
    public static string Moment(TimeSpan at) => at.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture) + " s";

    /// <summary>A moment that may not have come.</summary>
    public static string Moment(TimeSpan? at) => at is { } moment ? Moment(moment) : "never";

    /// <summary>A length in the unit that reads best.</summary>
    public static string Length(TimeSpan length) => length.TotalMilliseconds switch
    {
        >= 60_000 => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalMinutes} min {length.Seconds} s"),
        >= 1000 => length.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture) + " s",
        >= 10 => length.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        var milliseconds => milliseconds.ToString("0.##", CultureInfo.InvariantCulture) + " ms",
    };

    /// <summary>A count with thin gaps between thousands, as in <c>12 345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>A count and its noun.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A share of one as percent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
