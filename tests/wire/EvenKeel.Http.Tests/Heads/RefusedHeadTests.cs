using EvenKeel.Http.Faults;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Tests.Heads;

public sealed class RefusedHeadTests
{
    private static readonly Dictionary<string, HeadCase> Requests = new[]
    {
        StartLineCases.All, TargetCases.All, HostCases.All, FieldCases.All, FramingCases.All,
    }.SelectMany(cases => cases).ToDictionary(one => one.Name);

    private static readonly Dictionary<string, HeadCase> Responses = ResponseCases.All.ToDictionary(one => one.Name);

    public static TheoryData<string> RequestNames => [.. Requests.Keys];

    public static TheoryData<string> ResponseNames => [.. Responses.Keys];

    [Theory]
    [MemberData(nameof(RequestNames))]
    public void A_bad_request_is_refused_for_its_one_reason_however_it_is_split(string name)
        => HeadCaseRunner.MustRefuse(Requests[name], () => new RequestHead());

    [Theory]
    [MemberData(nameof(RequestNames))]
    public void The_twin_of_a_bad_request_is_accepted_however_it_is_split(string name)
        => HeadCaseRunner.MustAccept(Requests[name].TwinBytes, () => new RequestHead());

    [Theory]
    [MemberData(nameof(ResponseNames))]
    public void A_bad_response_is_refused_for_its_one_reason_however_it_is_split(string name)
        => HeadCaseRunner.MustRefuse(Responses[name], () => new ResponseHead());

    [Theory]
    [MemberData(nameof(ResponseNames))]
    public void The_twin_of_a_bad_response_is_accepted_however_it_is_split(string name)
        => HeadCaseRunner.MustAccept(Responses[name].TwinBytes, () => new ResponseHead());

    [Fact]
    public void Every_fault_of_a_head_has_a_case_that_shows_it()
    {
        var shown = Requests.Values.Concat(Responses.Values).Select(one => one.Fault).ToHashSet();

        // Those of paths are found when a route is looked for, not by the parser: NormalPathTests shows them.
        HttpFault[] later = [HttpFault.None, HttpFault.PathEncodingInvalid, HttpFault.PathSlashEncoded, HttpFault.PathDotSegment];
        var expected = Enum.GetValues<HttpFault>().Except(later).Where(fault => HttpFaults.StageOf(fault) != "body");
        Assert.Empty(expected.Except(shown));
        Assert.True(Requests.Count >= 100, $"{Requests.Count} requests");
        Assert.True(Responses.Count >= 40, $"{Responses.Count} responses");
    }
}
