using System.Collections.Concurrent;
using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.Health;

/// <summary>
/// Checks every endpoint of a directory at its interval, off the event loops, and writes what it finds into the endpoint at once. An endpoint
/// is checked from its addition until its removal, or until it is disabled: at <see cref="HealthOptions.GatewayInterval"/>, at most a second
/// apart while its status may change, with a tenth of jitter. One that nobody has seen ready is checked at once; the others begin somewhere
/// in their first interval, so that the checks of many endpoints do not fall together.
/// </summary>
/// <param name="directory">The endpoints.</param>
/// <param name="optionsOf">The health options of a service; null for one that is not checked.</param>
/// <param name="seed">The seed of the jitter.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where transitions are logged.</param>
public sealed class ActiveHealthChecker(
    EndpointDirectory directory, Func<string, HealthOptions?> optionsOf, int seed, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const double Jitter = 0.1;
    private static readonly TimeSpan ChangingInterval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<EndpointState, Task> _checks = [];
    private int _started;
    private int _isShort;

    /// <summary>Raised right after an endpoint's status has changed, on a thread of the pool. Calls for one endpoint do not overlap.</summary>
    public event Action<HealthTransition>? Changed;

    /// <summary>Begins to check what is in the directory and what is added later. Harmless when it has begun.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            return;
        }

        directory.Added += Watch;
        foreach (EndpointState endpoint in directory.Endpoints)
        {
            Watch(endpoint);
        }
    }

    /// <summary>Ends every check.</summary>
    public async ValueTask DisposeAsync()
    {
        directory.Added -= Watch;
        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_checks.Values).ConfigureAwait(false);
    }

    private void Watch(EndpointState endpoint)
    {
        if (optionsOf(endpoint.Service) is { } options && !_ending.IsCancellationRequested)
        {
            // An endpoint that is added while Start walks the list comes twice; the second finds the first.
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_checks.TryAdd(endpoint, CheckFromAsync(begin.Task, endpoint, options)))
            {
                begin.SetResult();
            }
        }
    }

    private async Task CheckFromAsync(Task begin, EndpointState endpoint, HealthOptions options)
    {
        await begin.ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        Task unwatched = CancelWhenUnwatchedAsync(endpoint, ending);
        try
        {
            await CheckAsync(endpoint, options, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Removed or disabled, or the checker ends: the normal way.
        }
        catch (Exception error)
        {
            HealthLog.CheckingFailed(logger, endpoint.Name, error);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await unwatched.ConfigureAwait(false);
            _checks.TryRemove(endpoint, out _);
        }
    }

    private static async Task CancelWhenUnwatchedAsync(EndpointState endpoint, CancellationTokenSource ending)
    {
        await endpoint.Unwatched.WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ending.CancelAsync().ConfigureAwait(false);
    }

    private async Task CheckAsync(EndpointState endpoint, HealthOptions options, CancellationToken cancellationToken)
    {
        var random = new Random(SeedOf(endpoint.Name));
        var state = new HealthState(options.Rise, options.Fall);
        var unready = new UnreadyReasons(options.Fall);
        if (endpoint.Status == HealthStatus.Healthy)
        {
            // Whoever added it has seen it ready: that counts as the first success.
            state = state.Next(succeeded: true);
            await Task.Delay(options.GatewayInterval * random.NextDouble(), time, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            if (await TryCheckAsync(endpoint, options, cancellationToken).ConfigureAwait(false) is { } result)
            {
                HealthStatus before = state.Status;
                state = state.Next(result.Succeeded);
                if (state.Status != before)
                {
                    Report(new HealthTransition(endpoint, before, state.Status, result.Reason));
                }
                else if (state.Status == HealthStatus.Starting && unready.IsNews(result.Reason))
                {
                    HealthLog.NotReady(logger, endpoint.Name, result.Reason);
                }
            }

            double factor = 1 + (Jitter * ((random.NextDouble() * 2) - 1));
            await Task.Delay(state.IntervalAfter(options.GatewayInterval, ChangingInterval) * factor, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Null when there is no descriptor for a connection: that says nothing of the endpoint, and the next check may have one.
    private async Task<CheckResult?> TryCheckAsync(EndpointState endpoint, HealthOptions options, CancellationToken cancellationToken)
    {
        try
        {
            CheckResult result = await EndpointCheck.RunAsync(
                endpoint.Address, options.Ready, ProxyVersions.Of(options.ProxyProtocol), options.Tls, options.Timeout, time, cancellationToken)
                .ConfigureAwait(false);
            Volatile.Write(ref _isShort, 0);
            return result;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.TooManyOpenSockets)
        {
            // Told once for each shortage, since it meets every check.
            if (Interlocked.Exchange(ref _isShort, 1) == 0)
            {
                HealthLog.NotChecked(logger, endpoint.Name);
            }

            return null;
        }
    }

    private void Report(HealthTransition transition)
    {
        transition.Endpoint.SetStatus(transition.To);
        if (transition.To == HealthStatus.Healthy)
        {
            HealthLog.Recovered(logger, transition.Endpoint.Name, transition.From, transition.To, transition.Reason);
        }
        else
        {
            HealthLog.Lost(logger, transition.Endpoint.Name, transition.From, transition.To, transition.Reason);
        }

        Changed?.Invoke(transition);
    }

    // Stable from run to run, unlike the hash code of a string.
    private int SeedOf(string name) => name.Aggregate(seed, static (sum, character) => unchecked((sum * 31) + character));
}
