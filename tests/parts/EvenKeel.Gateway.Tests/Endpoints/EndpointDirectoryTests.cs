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
        Assert.Equal(2, await _directory.WaitForIdleAsync(draining, ended.Token));
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
        ValueTask<int> idle = _directory.WaitForIdleAsync(old, TestContext.Current.CancellationToken);
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
            await _directory.WaitForIdleAsync(endpoint, TestContext.Current.CancellationToken);
            Volatile.Write(ref idle, true);
            await Task.WhenAll(loops);
            Assert.Equal(0, endpoint.InFlight);
        }

        Assert.Equal(0, late);
    }

    private static IPEndPoint Address(int port) => new(IPAddress.Loopback, port);

    private EndpointChoice Choose()
    {
        Assert.True(new EndpointChooser(_directory, "web").TryChoose(default, out EndpointChoice choice));
        return choice;
    }
}
