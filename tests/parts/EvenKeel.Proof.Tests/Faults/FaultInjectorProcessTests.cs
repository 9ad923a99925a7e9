using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Faults;
using EvenKeel.Proof.Tests.Servers;

namespace EvenKeel.Proof.Tests.Faults;

[Trait("Category", "Process")]
public sealed class FaultInjectorProcessTests
{
    [Fact]
    public async Task A_pause_is_confirmed_held_lifted_and_cleared_in_the_journal()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new AlbumCluster(Bug.None, 2, TimeProvider.System, TimeSpan.Zero);
        var changes = new List<FaultRecord>();

        await Inject(folder, cluster, [Pause("web-1", 100)], changes, CancellationToken.None);

        Assert.Equal(["web-1"], cluster.Resumed);
        Assert.True(changes[0].Confirmed);
        Assert.True(changes[^1].UndoneAt - changes[^1].InjectedAt >= TimeSpan.FromMilliseconds(100));
        Assert.Equal(["intent", "cleared"], States(folder));
    }

    [Fact]
    public async Task A_pause_that_a_failure_leaves_behind_is_undone_on_the_way_out()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        await using var cluster = new AlbumCluster(Bug.None, 2, TimeProvider.System, TimeSpan.Zero);
        var changes = new List<FaultRecord>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Inject(folder, cluster, [Pause("web-1", 600_000)], changes, cancel.Token, cancel.Cancel));

        Assert.Equal(["web-1"], cluster.Resumed);
        Assert.Equal(["intent", "cleared"], States(folder));
    }

    [Fact]
    public async Task An_undoing_that_is_not_observed_stays_open_in_the_journal()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new AlbumCluster(Bug.None, 2, TimeProvider.System, TimeSpan.Zero) { ConfirmsFaults = false };
        var changes = new List<FaultRecord>();

        await Inject(folder, cluster, [Pause("web-1", 1)], changes, CancellationToken.None);

        Assert.All(changes, change => Assert.False(change.Confirmed));
        Assert.Contains("pid 4711 is still there", changes[0].Detail, StringComparison.Ordinal);
        Assert.Equal(["intent"], States(folder));
    }

    private static async Task Inject(
        TemporaryFolder folder, AlbumCluster cluster, PlannedFault[] plan, List<FaultRecord> changes, CancellationToken cancellationToken,
        Action? afterFirst = null)
    {
        using var journal = new FaultJournal(Path.Combine(folder.Path, "run", "x.faults.jsonl"), TimeProvider.System);
        await using var injector = new FaultInjector(cluster, journal, new RunClock(TimeProvider.System), change =>
        {
            changes.Add(change);
            afterFirst?.Invoke();
        });
        await injector.RunAsync(plan, cancellationToken);
    }

    private static PlannedFault Pause(
        string target, double milliseconds) => new(1, FaultKind.Pause, [target], TimeSpan.Zero, TimeSpan.FromMilliseconds(milliseconds));

    private static IEnumerable<string> States(TemporaryFolder folder) =>
        File.ReadAllLines(Path.Combine(folder.Path, "run", "x.faults.jsonl"))
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("state").GetString()!);
}
