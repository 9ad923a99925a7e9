using System.Collections.Concurrent;
using EvenKeel.Fleet.Traffic;

namespace EvenKeel.Fleet.Tests.Fakes;

/// <summary>A balancer in memory whose requests in flight a test sets.</summary>
internal sealed class FakeTraffic(ConcurrentQueue<string> sequence) : IInstanceTraffic
{
    private readonly ConcurrentDictionary<string, int> _admitted = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _inFlight = new();

    /// <summary>The instances that get requests, each with its life.</summary>
    public IReadOnlyDictionary<string, int> Admitted => _admitted;

    /// <summary>Lets one request hang at an instance until <see cref="Finish"/>.</summary>
    public void Hang(string instance) => _inFlight[instance] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Finish(string instance)
    {
        if (_inFlight.TryRemove(instance, out var request))
        {
            request.SetResult();
        }
    }

    public void Admit(InstanceEndpoint endpoint)
    {
        sequence.Enqueue($"Admit {endpoint.Instance}");
        _admitted[endpoint.Instance] = endpoint.Generation;
    }

    public async ValueTask<int> WithdrawAsync(InstanceEndpoint endpoint, CancellationToken cancellationToken)
    {
        sequence.Enqueue($"Withdraw {endpoint.Instance}");
        _admitted.TryRemove(endpoint.Instance, out _);
        if (_inFlight.TryGetValue(endpoint.Instance, out var request))
        {
            await Task.WhenAny(request.Task, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        }

        var left = _inFlight.ContainsKey(endpoint.Instance) ? 1 : 0;
        sequence.Enqueue($"Drained {endpoint.Instance} {left}");
        return left;
    }
}
