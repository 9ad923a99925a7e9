using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Balancing;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tests.Endpoints;

namespace EvenKeel.Gateway.Tests.Balancing;

public sealed class CandidateSetTests
{
    private readonly EndpointDirectory _directory = new(new EjectionOptions { Failures = 1, Share = 100 }, new TestTime());

    public CandidateSetTests()
    {
        foreach (int number in new[] { 3, 1, 2 })
        {
            Add(number);
        }
    }

    [Fact]
    public void Every_change_of_an_endpoint_gives_another_version()
    {
        var service = _directory.ServiceOf("web");
        Action[] changes =
        [
            () => Add(4),
            () => _directory.Find("web-4")!.SetStatus(HealthStatus.Unhealthy),
            () => _directory.Drain("web-4"),
            () => _directory.SetWeights(new Dictionary<string, int> { ["web-4"] = 2 }),
            () => _directory.Remove("web-4"),
            () => _directory.Find("web-1")!.End(EndpointOutcome.Failed, trial: false),
        ];
        Assert.All(changes, change =>
        {
            int before = service.Version;
            change();
            Assert.NotEqual(before, service.Version);
        });
        int quiet = service.Version;
        _directory.Find("web-2")!.End(EndpointOutcome.Succeeded, trial: false);
        _directory.Add("other", "other-1", new IPEndPoint(IPAddress.Loopback, 9));
        Assert.Equal(quiet, service.Version);
    }

    [Fact]
    public void Endpoints_are_sorted_by_name_and_by_what_they_may_get()
    {
        _directory.Find("web-1")!.SetStatus(HealthStatus.Unhealthy);
        _directory.Find("web-2")!.End(EndpointOutcome.Failed, trial: false);
        Add(4);
        _directory.Drain("web-4");
        var set = Create(BalancePolicy.Ring);
        Assert.Equal(["web-1", "web-2", "web-3", "web-4"], set.Members.Select(endpoint => endpoint.Name));
        Assert.Equal(["web-3"], set.Well.Endpoints.Select(endpoint => endpoint.Name));
        Assert.Equal(["web-1", "web-2", "web-3"], set.Known.Endpoints.Select(endpoint => endpoint.Name));
        Assert.Equal(["web-2"], set.Ejected.Select(endpoint => endpoint.Name));
    }

    [Theory]
    [InlineData(BalancePolicy.Ring)]
    [InlineData(BalancePolicy.Maglev)]
    public void A_table_is_made_anew_for_other_members_and_not_for_their_health(BalancePolicy policy)
    {
        var first = Create(policy);
        _directory.Find("web-2")!.SetStatus(HealthStatus.Unhealthy);
        var unwell = Create(policy, first);
        _directory.Remove("web-2");
        var fewer = Create(policy, unwell);

        Assert.NotNull(TableOf(first));
        Assert.Same(TableOf(first), TableOf(unwell));
        Assert.NotSame(TableOf(unwell), TableOf(fewer));
    }

    [Fact]
    public void Without_endpoints_there_is_no_table()
    {
        var set = CandidateSet.Create(1, 0, [], BalancePolicy.Ring, new HashOptions(), null);
        Assert.Null(TableOf(set));
        Assert.Empty(set.Well.Endpoints);
    }

    private static object? TableOf(CandidateSet set) => (object?)set.Ring ?? set.Maglev;

    private CandidateSet Create(BalancePolicy policy, CandidateSet? before = null)
        => CandidateSet.Create(1, 0, _directory.All, policy, new HashOptions(), before);

    private void Add(int number) => _directory.Add("web", $"web-{number}", new IPEndPoint(IPAddress.Loopback, number));
}
