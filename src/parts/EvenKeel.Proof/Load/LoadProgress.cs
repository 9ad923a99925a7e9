namespace EvenKeel.Proof.Load;

/// <summary>Where a running load stands.</summary>
/// <param name="Elapsed">Since its start.</param>
/// <param name="Duration">How long the plan lasts.</param>
/// <param name="Sent">Requests with an outcome so far.</param>
/// <param name="Failed">Failed ones among them.</param>
/// <param name="Waiting">Requests whose intended time has come and that have no outcome yet.</param>
/// <param name="P99">The response time at the 99th percentile so far.</param>
public sealed record LoadProgress(TimeSpan Elapsed, TimeSpan Duration, long Sent, long Failed, long Waiting, TimeSpan P99);
