using EvenKeel.Resp.Replies;
using EvenKeel.State.Errors;

namespace EvenKeel.State.Commands;

/// <summary>Scripts and messages. For the exceptions see <see cref="StateClient.ExecuteAsync(IReadOnlyList{StateArgument}, CancellationToken)"/>.</summary>
public static class ScriptCommands
{
    /// <summary>EVALSHA, and EVAL when the server does not have the script: it refuses before it runs anything, so that nothing runs twice.</summary>
    public static async Task<RespValue> EvaluateAsync(
        this StateClient client,
        StateScript script,
        IReadOnlyList<StateArgument> keys,
        IReadOnlyList<StateArgument> arguments,
        CancellationToken cancellationToken)
    {
        try
        {
            return await client.ExecuteAsync(["EVALSHA", script.Hash, keys.Count, .. keys, .. arguments], cancellationToken).ConfigureAwait(false);
        }
        catch (StateServerException error) when (error.Code == "NOSCRIPT")
        {
            return await client.ExecuteAsync(["EVAL", script.Text, keys.Count, .. keys, .. arguments], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>PUBLISH: sends a message to those who are subscribed to a channel now.</summary>
    /// <returns>How many got it from this server.</returns>
    public static async Task<long> PublishAsync(this StateClient client, string channel, StateArgument message, CancellationToken cancellationToken) =>
        (await client.ExecuteAsync(["PUBLISH", channel, message], cancellationToken).ConfigureAwait(false)).Integer;
}
