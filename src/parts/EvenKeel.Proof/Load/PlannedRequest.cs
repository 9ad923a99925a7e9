using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Load;

/// <summary>One request of a load, ready to be sent.</summary>
/// <param name="Options">What the file says of it.</param>
/// <param name="Prepared">What is sent.</param>
/// <param name="Expectation">What the reply must be.</param>
/// <param name="Values">What it was filled with; an earlier request's for a repetition.</param>
internal sealed record PlannedRequest(RequestOptions Options, PreparedRequest Prepared, Expectation Expectation, TemplateValues Values);
