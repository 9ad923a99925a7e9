using System.Security.Cryptography;
using System.Threading.Channels;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Commands;
using EvenKeel.State.Connections;
using EvenKeel.State.Errors;
using EvenKeel.State.Options;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.State;

/// <summary>
/// A client of a RESP server (EvenKeel's state node, Redis, Valkey) that any number of callers share. All operations travel over one
/// connection, batched as they come; it connects in the background and reconnects by itself. An operation is sent at most once: when its
/// reply is lost the caller gets <see cref="StateOutcomeUnknownException"/>, unless it was declared repeatable. While the server cannot be
/// reached, operations fail at once with the reason instead of using up their time.
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

    /// <summary>Closes the connection. Operations that still wait fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
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
            throw GiveUp(operation, timeout);
        }
        catch (OperationCanceledException)
        {
            operation.TryWithdraw();
            throw;
        }
    }

    private StateException GiveUp(PendingOperation operation, TimeSpan timeout)
    {
        long now = _time.GetTimestamp();
        int pending = Pending;
        StateConnection? connection = _connection;
        string where = $"{operation.Command} to {_options.Address}: no reply within {timeout.TotalMilliseconds:0} ms";
        if (operation.TryWithdraw())
        {
            string why = connection is null ? "waiting for a connection" : "behind other operations";
            return new StateUnavailableException($"{where}; it was queued all the time, {why}, {pending} pending. The command was not sent.");
        }

        TimeSpan queued = _time.GetElapsedTime(operation.EnqueuedAt, operation.TakenAt);
        long sentAt = operation.SentAt;
        string waited = sentAt == 0
            ? $"then {Milliseconds(_time.GetElapsedTime(operation.TakenAt, now))} being sent"
            : $"sent after {Milliseconds(_time.GetElapsedTime(operation.TakenAt, sentAt))}, then {Milliseconds(_time.GetElapsedTime(sentAt, now))} awaiting the reply";
        string heard = connection is null
            ? "the connection is gone"
            : $"last heard of the server {Milliseconds(_time.GetElapsedTime(connection.ReceivedAt, now))} ago";

        // Silence since the operation was taken: the peer is taken for dead, so that others do not wait for it as well.
        if (connection is not null && connection.ReceivedAt < operation.TakenAt)
        {
            connection.End("the server was silent for longer than an operation may take");
        }

        return new StateOutcomeUnknownException(
            $"{where} (queued {Milliseconds(queued)}, {waited}; {pending} pending, {heard}). The command may or may not have been executed.", connectionLost: false);
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
            end = await connection.RunAsync(_queue.Reader, _stop.Token).ConfigureAwait(false);
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

    private static string Milliseconds(TimeSpan span) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.0} ms");
}
