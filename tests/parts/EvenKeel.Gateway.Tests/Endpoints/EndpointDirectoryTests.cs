using System.Net;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Tests.Endpoints;

public sealed class EndpointDirectoryTests
{
    private readonly EndpointDirectory _directory = new();

    [Fact]
    public void Each_change_makes_a_new_list_and_leaves_the_old_one_alone()
    {
        _directory.Add("web", "web-1", Address(1));
        IReadOnlyList<EndpointState> before = _directory.Endpoints;
        _directory.Add("web", "web-2", Address(2));
        _directory.Remove("web-1");
        Assert.Equal(["web-1"], before.Select(endpoint => endpoint.Name));
        Assert.Equal(["web-2"], _directory.Endpoints.Select(endpoint => endpoint.Name));
    }

    [Fact]
    public async Task A_draining_instance_is_idle_when_its_last_request_has_ended()
    {
        _directory.Add("web", "web-1", Address(1));
        EndpointChoice first = Choose();
        EndpointChoice second = Choose();
        _directory.Drain("web-1");
        ValueTask<int> idle = _directory.WaitForIdleAsync("web-1", TestContext.Current.CancellationToken);
        first.End(EndpointOutcome.Succeeded);
        Assert.False(idle.IsCompleted);
        second.End(EndpointOutcome.Neutral);
        Assert.Equal(0, await idle);
        Assert.False(new EndpointChooser(_directory, "web").TryChoose(default, out _));
    }

    [Fact]
    public async Task A_drain_that_is_cut_short_tells_what_is_left_and_does_not_throw()
    {
        _directory.Add("web", "web-1", Address(1));
        Choose();
        Choose();
        EndpointState draining = _directory.Drain("web-1")!;
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();
        Assert.Equal(2, await _directory.WaitForIdleAsync("web-1", ended.Token));
        Assert.Equal(2, await draining.WaitForIdleAsync(ended.Token));
    }

    [Fact]
    public async Task What_does_not_drain_cannot_be_waited_for_and_what_is_unknown_is_idle()
    {
        _directory.Add("web", "web-1", Address(1));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _directory.WaitForIdleAsync("web-1", TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(0, await _directory.WaitForIdleAsync("web-9", TestContext.Current.CancellationToken));
        Assert.Null(_directory.Drain("web-9"));
        Assert.Null(_directory.Remove("web-9"));
    }

    [Fact]
    public async Task An_instance_that_starts_again_replaces_its_old_endpoint_while_requests_to_that_go_on()
    {
        EndpointState old = _directory.Add("web", "web-1", Address(1));
        EndpointChoice choice = Choose();
        EndpointState fresh = _directory.Add("web", "web-1", Address(2));
        Assert.Same(fresh, Assert.Single(_directory.Endpoints));
        Assert.True(old.IsDraining);
        Assert.True(old.Removed.IsCompleted);
        ValueTask<int> idle = old.WaitForIdleAsync(TestContext.Current.CancellationToken);
        Assert.False(idle.IsCompleted);
        Assert.Same(fresh, Choose().Endpoint);
        choice.End(EndpointOutcome.Succeeded);
        Assert.Equal(0, await idle);
    }

    [Fact]
    public async Task No_request_begins_after_a_drain_was_seen_to_be_idle()
    {
        var chooser = new EndpointChooser(_directory, "web");
        int late = 0;
        for (int round = 0; round < 300; round++)
        {
            EndpointState endpoint = _directory.Add("web", "web-1", Address(round + 1));
            bool idle = false;
            Task[] loops = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                while (chooser.TryChoose(default, out EndpointChoice choice))
                {
                    if (Volatile.Read(ref idle))
                    {
                        Interlocked.Increment(ref late);
                    }

                    choice.End(EndpointOutcome.Succeeded);
                }
            }))];
            endpoint.Drain();
            await endpoint.WaitForIdleAsync(TestContext.Current.CancellationToken);
            Volatile.Write(ref idle, true);
            await Task.WhenAll(loops);
            Assert.Equal(0, endpoint.InFlight);
        }

        Assert.Equal(0, late);
    }

    [Fact]
    public void A_weight_that_was_set_counts_before_the_options_and_outlives_a_restart()
    {
        _directory.SetWeights(new Dictionary<string, int> { ["web-1"] = 7, ["web-2"] = 7 });
        _directory.Add("web", "web-1", Address(1));
        _directory.Add("web", "web-2", Address(2));
        _directory.SetWeight("web-1", 3);
        _directory.SetWeights(new Dictionary<string, int> { ["web-1"] = 9, ["web-2"] = 9 });
        _directory.Remove("web-1");
        _directory.Add("web", "web-1", Address(3));
        Assert.Equal((3, 9), (_directory.Find("web-1")!.Weight, _directory.Find("web-2")!.Weight));

        _directory.ForgetWeight("web-1");
        Assert.Equal(9, _directory.Find("web-1")!.Weight);
        Assert.Null(_directory.SetWeight("web-9", 3));
        Assert.Equal(1, _directory.Add("web", "web-9", Address(9)).Weight);
        Assert.Throws<ArgumentOutOfRangeException>(() => _directory.SetWeight("web-1", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _directory.SetWeight("web-1", EndpointDirectory.MaxWeight + 1));
    }

    [Fact]
    public void A_disabled_instance_gets_no_request_not_even_in_a_panic()
    {
        EndpointState endpoint = _directory.Add("web", "web-1", Address(1));
        Assert.Same(endpoint, _directory.Disable("web-1"));
        Assert.True(endpoint is { IsDisabled: true, IsDraining: true });
        Assert.True(endpoint.Unwatched.IsCompleted);
        Assert.False(new EndpointChooser(_directory, "web").TryChoose(default, out _));
        Assert.Null(_directory.Disable("web-9"));
    }

    private static IPEndPoint Address(int port) => new(IPAddress.Loopback, port);

    private EndpointChoice Choose()
    {
        Assert.True(new EndpointChooser(_directory, "web").TryChoose(default, out EndpointChoice choice));
        return choice;
    }
}
