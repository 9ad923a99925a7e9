using EvenKeel.Resp.Replies;
using EvenKeel.State;
using EvenKeel.State.Commands;
using EvenKeel.State.Errors;

namespace EvenKeel.Locks.Redis;

/// <summary>
/// Says one thing in the words of either server: a command of its own to the state node, a script to Redis. The server is asked once which it is.
/// </summary>
internal sealed class StateDialect(StateClient client)
{
    private const int Unasked = 0;
    private const int Node = 1;
    private const int Scripts = 2;
    private int _dialect;

    public async Task<RespValue> RunAsync(
        IReadOnlyList<StateArgument> command,
        StateScript script,
        IReadOnlyList<StateArgument> keys,
        IReadOnlyList<StateArgument> arguments,
        CancellationToken cancellationToken)
    {
        int dialect = Volatile.Read(ref _dialect);
        if (dialect == Unasked)
        {
            // Nothing but a reply decides; while it fails, so does the operation.
            RespValue known = await client.ExecuteRepeatableAsync(["COMMAND", "INFO", "LOCK"], cancellationToken).ConfigureAwait(false);
            dialect = known.Items.Count == 1 && !known.Items[0].IsNull ? Node : Scripts;
            Volatile.Write(ref _dialect, dialect);
        }

        try
        {
            return dialect == Node
                ? await client.ExecuteAsync(command, cancellationToken).ConfigureAwait(false)
                : await client.EvaluateAsync(script, keys, arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (StateServerException error) when (error.Error.StartsWith("ERR unknown command", StringComparison.Ordinal))
        {
            // Another kind of server took the place of the first: the next operation asks again.
            Volatile.Write(ref _dialect, Unasked);
            throw;
        }
    }
}
