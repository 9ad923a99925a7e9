using System.Threading.Channels;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Commands;
using EvenKeel.State.Connections;
using EvenKeel.State.Errors;
using EvenKeel.State.Options;

namespace EvenKeel.State.Leases;

/// <summary>A connection for one caller at a time. Once an operation went without its reply it is not used again.</summary>
internal sealed class LeasedConnection : IAsyncDisposable
{
    private readonly Channel<PendingOperation> _queue = Channel.CreateUnbounded<PendingOperation>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly PendingLimit _pending = new(int.MaxValue);
    private readonly StateClientOptions _options;
    private readonly TimeProvider _time;
    private readonly StateConnection _connection;
    private readonly Task<string> _running;

    private LeasedConnection(StateConnection connection, StateClientOptions options, TimeProvider time)
    {
        _connection = connection;
        _options = options;
        _time = time;
        _running = Task.Run(() => connection.RunAsync(_queue, heartbeat: null, _stop.Token));
    }

    /// <summary>True while it is open and nothing is outstanding.</summary>
    public bool IsUsable => !_running.IsCompleted && _pending.Count == 0;

    public static async Task<LeasedConnection> OpenAsync(StateClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return new LeasedConnection(await StateConnection.OpenAsync(options, time, cancellationToken).ConfigureAwait(false), options, time);
        }
        catch (IOException error)
        {
            throw new StateUnavailableException($"the state server at {options.Address} cannot be reached ({error.Message}). No command was sent.", error);
        }
    }

    public async Task<RespValue> ExecuteAsync(IReadOnlyList<StateArgument> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(arguments.Count, nameof(arguments));
        cancellationToken.ThrowIfCancellationRequested();
        if (_running.IsCompleted)
        {
            throw new StateUnavailableException($"{arguments[0]}: this leased connection has ended. The command was not sent.");
        }

        _pending.TryEnter();
        var operation = new PendingOperation(arguments, _pending, _time.GetTimestamp());
        _queue.Writer.TryWrite(operation);
        try
        {
            await Task.WhenAny(operation.Reply, _running).WaitAsync(timeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw TimeoutReport.GiveUp(operation, _connection, _options, _time, timeout, _pending.Count);
        }
        catch (OperationCanceledException)
        {
            operation.TryWithdraw();
            throw;
        }

        if (_running.IsCompleted)
        {
            // What the connection had taken it has given up by now; what is left was never sent.
            operation.Refuse("the leased connection ended");
        }

        return await operation.Reply.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _connection.Dispose();
        _stop.Dispose();
    }
}
