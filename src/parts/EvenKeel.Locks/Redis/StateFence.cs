using EvenKeel.Locks.Errors;
using EvenKeel.Locks.Telemetry;
using EvenKeel.Resp.Replies;
using EvenKeel.State;
using EvenKeel.State.Commands;
using EvenKeel.State.Errors;

namespace EvenKeel.Locks.Redis;

/// <summary>
/// Values on a state node or a Redis that refuse the holder of an earlier grant. Each is a hash with the fields <c>token</c> and <c>value</c>; the
/// comparison and the write are one step. A new holder reads through <see cref="GetAsync"/> first: from then on its predecessor cannot write.
/// </summary>
/// <param name="client">The connection, which stays the caller's.</param>
public sealed class StateFence(StateClient client)
{
    private const string Provider = "state";
    private readonly StateDialect _dialect = new(client);

    /// <summary>Presents a token and reads the value; null when there is none.</summary>
    /// <exception cref="FenceRejectedException">A higher token was presented before.</exception>
    /// <exception cref="StateException">The server was not reached, refused or did not answer.</exception>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string key, FencingToken token, CancellationToken cancellationToken)
    {
        RespValue reply = await _dialect.RunAsync(
            ["FGET", key, token.Value], LockScripts.FencedGet, [key], [token.Value], cancellationToken).ConfigureAwait(false);
        Check(key, token, reply.Items[0].Integer == 1);
        return reply.Items[1].IsNull ? null : reply.Items[1].Bytes;
    }

    /// <summary>Presents a token and stores a value. Repeating it is harmless.</summary>
    /// <exception cref="FenceRejectedException">A higher token was presented before; nothing was stored.</exception>
    /// <exception cref="StateException">The server was not reached, refused or did not answer.</exception>
    public async Task SetAsync(string key, FencingToken token, StateArgument value, CancellationToken cancellationToken)
    {
        RespValue reply = await _dialect.RunAsync(
            ["FSET", key, token.Value, value], LockScripts.FencedSet, [key], [token.Value, value], cancellationToken).ConfigureAwait(false);
        Check(key, token, reply.Integer == 1);
    }

    private static void Check(string key, FencingToken token, bool accepted)
    {
        if (!accepted)
        {
            LockMetrics.Rejected(Provider);
            throw new FenceRejectedException(key, token);
        }
    }
}
