using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Tests.Processes.Sessions;

public sealed class SessionScanTests
{
    private static readonly SessionKey Key = new(100, 5000, "marker");

    [Fact]
    public void The_leader_and_all_of_its_session_are_members() =>
        Assert.Equal([100, 101, 102], Find([Leader(), new(101, 'S', 100, 100, 5001), new(102, 'T', 1, 100, 5002), new(103, 'S', 1, 103, 5003)]));

    [Fact]
    public void Zombies_are_not_members_but_a_zombie_leader_still_proves_the_session() =>
        Assert.Equal([101], Find([Leader() with { State = 'Z' }, new(101, 'S', 1, 100, 5001), new(102, 'Z', 101, 100, 5002)]));

    [Fact]
    public void A_session_whose_number_was_given_away_is_somebody_elses() =>
        Assert.Empty(Find([new(100, 'S', 1, 100, 9000), new(101, 'S', 100, 100, 9001)], reaped: 6000));

    [Fact]
    public void After_the_leader_was_reaped_a_member_from_before_proves_the_session() =>
        Assert.Equal([101, 102], Find([new(101, 'S', 1, 100, 5500), new(102, 'S', 101, 100, 8000)], reaped: 6000));

    [Fact]
    public void After_the_leader_was_reaped_a_marked_member_proves_the_session() =>
        Assert.Equal([101, 102], Find([new(101, 'S', 1, 100, 8000), new(102, 'S', 101, 100, 8001)], reaped: 6000, marked: [102]));

    [Fact]
    public void Without_any_proof_nobody_is_a_member() =>
        Assert.Empty(Find([new(101, 'S', 1, 100, 8000)], reaped: null));

    [Fact]
    public void Marked_processes_of_other_sessions_are_members_unless_they_are_older_than_the_leader() =>
        Assert.Equal([100, 200], Find([Leader(), new(200, 'S', 1, 200, 5001), new(90, 'S', 1, 90, 4999)], marked: [200, 90]));

    [Fact]
    public void Descendants_of_members_are_members_whatever_they_cleared() =>
        Assert.Equal([50, 60, 100], Find([new(50, 'S', 60, 50, 5003), new(60, 'S', 100, 60, 5002), Leader()]));

    [Theory]
    [InlineData('T', 'T', true)]
    [InlineData('T', 'S', false)]
    [InlineData('D', 'T', true)]
    [InlineData('D', 'D', false)]
    [InlineData('D', 'R', false)]
    [InlineData('S', 'T', false)]
    public void A_session_is_stopped_when_all_are_or_wait_in_vfork_for_one_that_is(char leader, char child, bool stopped) =>
        Assert.Equal(stopped, SessionScan.IsStopped([Leader() with { State = leader }, new(101, child, 100, 100, 5001)]));

    [Fact]
    public void Nobody_is_not_stopped() => Assert.False(SessionScan.IsStopped([]));

    private static ProcessStatus Leader() => new(100, 'S', 1, 100, 5000);

    private static IEnumerable<int> Find(ProcessStatus[] table, long? reaped = null, params int[] marked) =>
        SessionScan.Living(table, Key, reaped, status => marked.Contains(status.Id)).Select(status => status.Id);
}
