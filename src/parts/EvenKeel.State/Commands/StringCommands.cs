using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Replies;

namespace EvenKeel.State.Commands;

/// <summary>
/// Commands on single values. For the exceptions see <see cref="StateClient.ExecuteAsync(IReadOnlyList{StateArgument}, CancellationToken)"/>.
/// </summary>
public static class StringCommands
{
    /// <summary>GET: the value, or null. Repeatable.</summary>
    public static async Task<ReadOnlyMemory<byte>?> GetAsync(this StateClient client, string key, CancellationToken cancellationToken)
    {
        RespValue reply = await client.ExecuteRepeatableAsync(["GET", key], cancellationToken).ConfigureAwait(false);
        return reply.IsNull ? default(ReadOnlyMemory<byte>?) : reply.Bytes;
    }

    /// <summary>SET: stores a value, replacing any, and forgets it after <paramref name="expiry"/> if given.</summary>
    public static Task SetAsync(this StateClient client, string key, StateArgument value, TimeSpan? expiry, CancellationToken cancellationToken) =>
        client.ExecuteAsync(expiry is null ? ["SET", key, value] : ["SET", key, value, "PX", Milliseconds(expiry.Value)], cancellationToken);

    /// <summary>SET NX: stores a value unless there is one.</summary>
    /// <returns>True when it was stored.</returns>
    public static async Task<bool> SetIfAbsentAsync(this StateClient client, string key, StateArgument value, CancellationToken cancellationToken) =>
        (await client.ExecuteAsync(["SET", key, value, "NX"], cancellationToken).ConfigureAwait(false)).Kind == RespKind.SimpleString;

    /// <summary>INCR: adds one to a counter that starts at 0.</summary>
    /// <returns>The new value.</returns>
    public static async Task<long> IncrementAsync(this StateClient client, string key, CancellationToken cancellationToken) =>
        (await client.ExecuteAsync(["INCR", key], cancellationToken).ConfigureAwait(false)).Integer;

    /// <summary>DEL: removes a key of any type.</summary>
    /// <returns>True when it was there.</returns>
    public static async Task<bool> DeleteAsync(this StateClient client, string key, CancellationToken cancellationToken) =>
        (await client.ExecuteAsync(["DEL", key], cancellationToken).ConfigureAwait(false)).Integer == 1;

    /// <summary>PING. Repeatable.</summary>
    public static Task PingAsync(this StateClient client, CancellationToken cancellationToken) =>
        client.ExecuteRepeatableAsync(["PING"], cancellationToken);

    private static long Milliseconds(TimeSpan expiry)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expiry, TimeSpan.FromMilliseconds(1));
        return (long)expiry.TotalMilliseconds;
    }
}
