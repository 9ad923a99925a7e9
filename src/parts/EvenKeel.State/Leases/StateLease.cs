using EvenKeel.Resp.Replies;
using EvenKeel.State.Commands;
using EvenKeel.State.Errors;

namespace EvenKeel.State.Leases;

/// <summary>A connection that one caller has to itself until it is disposed. Nobody looks whether a silent peer lives: the time-outs do.</summary>
public sealed class StateLease : IAsyncDisposable
{
    private readonly LeasePool _pool;
    private LeasedConnection? _connection;

    internal StateLease(LeasePool pool, LeasedConnection connection)
    {
        _pool = pool;
        _connection = connection;
    }

    /// <summary>Sends a command once and returns its reply, which may take as long as <paramref name="timeout"/>.</summary>
    /// <param name="arguments">The command's name and its arguments, such as <c>["BLPOP", key, 30]</c>.</param>
    /// <param name="timeout">Longer than the command may block.</param>
    /// <param name="cancellationToken">Gives up waiting; the connection is then not used again.</param>
    /// <exception cref="StateServerException">The server refused it: no effect.</exception>
    /// <exception cref="StateUnavailableException">It was never sent: no effect.</exception>
    /// <exception cref="StateOutcomeUnknownException">It may have been sent, and its reply never came.</exception>
    public Task<RespValue> ExecuteAsync(IReadOnlyList<StateArgument> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        LeasedConnection? connection = _connection;
        ObjectDisposedException.ThrowIf(connection is null, this);
        return connection.ExecuteAsync(arguments, timeout, cancellationToken);
    }

    /// <summary>Gives the connection back, or closes it when an operation went without its reply.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await _pool.ReturnAsync(connection).ConfigureAwait(false);
        }
    }
}
