using System.Security.Cryptography;
using System.Threading.Channels;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Commands;
using EvenKeel.State.Connections;
using EvenKeel.State.Errors;
using EvenKeel.State.Leases;
using EvenKeel.State.Options;
using EvenKeel.State.Subscriptions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.State;

/// <summary>
/// A client of a RESP server (EvenKeel's state node, Redis, Valkey) that any number of callers share. All operations travel over one
/// connection, batched as they come; it connects in the background and reconnects by itself. An operation is sent at most once: when its
/// reply is lost the caller gets <see cref="StateOutcomeUnknownException"/>, unless it was declared repeatable. While the server cannot be
/// reached, operations fail at once with the reason instead of using up their time. A command that blocks in the server would stop all that
/// come after it: it belongs on a connection of its own, see <see cref="LeaseAsync"/>. Messages of channels come over one further
/// connection, see <see cref="SubscribeAsync"/>. Callers' code never runs on a thread that sends or receives.
/// </summary>
public sealed class StateClient : IAsyncDisposable
{
    private static readonly TimeSpan Lived = TimeSpan.FromSeconds(1);
    private readonly StateClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PendingLimit _pending;
    private readonly ReconnectDelay _delay;
    private readonly Channel<PendingOperation> _queue = Channel.CreateUnbounded<PendingOperation>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Heartbeat _heartbeat;
    private readonly LeasePool _leases;
    private readonly SubscriptionHub _subscriptions;
    private readonly Task _running;
    private volatile StateConnection? _connection;
    private volatile string? _unavailable;

    /// <summary>Begins to connect; does not wait for it.</summary>
    /// <param name="options">Where to and how long to wait.</param>
    /// <param name="time">The clock of time-outs and pauses; the system's by default.</param>
    /// <param name="logger">Told of connections made and lost; nobody by default.</param>
    /// <param name="seed">Of the jitter between attempts to connect; drawn by default.</param>
    public StateClient(StateClientOptions options, TimeProvider? time = null, ILogger? logger = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        _pending = new PendingLimit(options.MaxPending);
        _delay = new ReconnectDelay(options.MaxReconnectDelay, new Random(seed ?? RandomNumberGenerator.GetInt32(int.MaxValue)));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.HeartbeatInterval, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.HeartbeatTimeout, TimeSpan.Zero, nameof(options));
        _heartbeat = new Heartbeat(options, _time);
        _leases = new LeasePool(options, _time);
        _subscriptions = new SubscriptionHub(options, _time, _logger, new ReconnectDelay(options.MaxReconnectDelay, new Random(_delay.Seed())));
        _running = Task.Run(RunAsync);
    }

    /// <summary>Operations that wait to be sent or for their reply.</summary>
    public int Pending => _pending.Count;

    /// <summary>Sends a command once and returns its reply.</summary>
    /// <param name="arguments">The command's name and its arguments, such as <c>["GET", key]</c>.</param>
    /// <param name="cancellationToken">Gives up waiting; a command that was sent is not undone by it.</param>
    /// <exception cref="StateServerException">The server refused it: no effect.</exception>
    /// <exception cref="StateUnavailableException">It was never sent: no effect.</exception>
    /// <exception cref="StateOutcomeUnknownException">It may have been sent, and its reply never came.</exception>
    public Task<RespValue> ExecuteAsync(IReadOnlyList<StateArgument> arguments, CancellationToken cancellationToken) =>
        ExecuteAsync(arguments, _options.OperationTimeout, cancellationToken);

    /// <summary>
    /// Sends a command whose repetition is harmless, such as a read; when the connection is lost before the reply it is sent once more,
    /// within the same time.
    /// </summary>
    /// <inheritdoc cref="ExecuteAsync(IReadOnlyList{StateArgument}, CancellationToken)"/>
    public async Task<RespValue> ExecuteRepeatableAsync(IReadOnlyList<StateArgument> arguments, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        try
        {
            return await ExecuteAsync(arguments, _options.OperationTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (StateOutcomeUnknownException lost) when (lost.ConnectionLost && _options.OperationTimeout > _time.GetElapsedTime(start))
        {
            return await ExecuteAsync(arguments, _options.OperationTimeout - _time.GetElapsedTime(start), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Lends a connection of its own, made when none is idle, for commands that block in the server or that belong together on one
    /// connection. Dispose the lease to give it back, in the state in which it came: without a transaction, a subscription or another database.
    /// </summary>
    /// <exception cref="StateUnavailableException">The server cannot be reached, or all connections are lent.</exception>
    public Task<StateLease> LeaseAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        return _leases.TakeAsync(cancellationToken);
    }

    /// <summary>Subscribes to a channel; returns when the server has confirmed it. It outlives lost connections.</summary>
    /// <exception cref="StateUnavailableException">The server did not confirm it within the time of an operation, or there are too many.</exception>
    public Task<StateSubscription> SubscribeAsync(string channel, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        return _subscriptions.SubscribeAsync(channel, cancellationToken);
    }

    /// <summary>Closes the connection. Operations that still wait fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
            await _subscriptions.DisposeAsync().ConfigureAwait(false);
            await _leases.DisposeAsync().ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    private async Task<RespValue> ExecuteAsync(IReadOnlyList<StateArgument> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(arguments.Count, nameof(arguments));
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        string command = arguments[0].ToString();
        if (_unavailable is { } reason)
        {
            throw new StateUnavailableException($"{command}: {reason}. The command was not sent.");
        }

        if (!_pending.TryEnter())
        {
            throw new StateUnavailableException(
                $"{command}: {_options.MaxPending} operations already wait for the state server at {_options.Address}. The command was not sent.");
        }

        var operation = new PendingOperation(arguments, _pending, _time.GetTimestamp());
        if (!_queue.Writer.TryWrite(operation))
        {
            operation.Refuse("this client was disposed");
        }

        try
        {
            return await operation.Reply.WaitAsync(timeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw TimeoutReport.GiveUp(operation, _connection, _options, _time, timeout, Pending);
        }
        catch (OperationCanceledException)
        {
            operation.TryWithdraw();
            throw;
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await ConnectAndCarryAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The only canceller is DisposeAsync.
        }

        _queue.Writer.TryComplete();
        RefuseQueued("this client was disposed");
    }

    private async Task ConnectAndCarryAsync()
    {
        StateConnection connection;
        try
        {
            connection = await StateConnection.OpenAsync(_options, _time, _stop.Token).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            if (_unavailable is null)
            {
                StateLog.ConnectFailed(_logger, _options.Address, error.Message);
            }

            string reason = $"the state server at {_options.Address} cannot be reached ({error.Message})";
            _unavailable = reason;
            RefuseQueued(reason);
            await Task.Delay(_delay.Next(), _time, _stop.Token).ConfigureAwait(false);
            return;
        }

        StateLog.Connected(_logger, _options.Address);
        long opened = _time.GetTimestamp();
        string end;
        using (connection)
        {
            _connection = connection;
            _unavailable = null;
            end = await connection.RunAsync(_queue, _heartbeat, _stop.Token).ConfigureAwait(false);
            _connection = null;
        }

        _stop.Token.ThrowIfCancellationRequested();
        StateLog.Lost(_logger, _options.Address, end);
        if (_time.GetElapsedTime(opened) >= Lived)
        {
            _delay.Reset();
        }
        else
        {
            // A server that takes connections and drops them at once is not asked in a tight circle.
            await Task.Delay(_delay.Next(), _time, _stop.Token).ConfigureAwait(false);
        }
    }

    private void RefuseQueued(string reason)
    {
        while (_queue.Reader.TryRead(out PendingOperation? operation))
        {
            operation.Refuse(reason);
        }
    }
}
