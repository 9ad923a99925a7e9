using EvenKeel.Resp.Replies;

namespace EvenKeel.State.Commands;

/// <summary>Commands on hashes. For the exceptions see <see cref="StateClient.ExecuteAsync(IReadOnlyList{StateArgument}, CancellationToken)"/>.</summary>
public static class HashCommands
{
    /// <summary>HSETNX: stores a field unless there is one.</summary>
    /// <returns>True when it was stored.</returns>
    public static async Task<bool> HashSetIfAbsentAsync(
        this StateClient client, string key, string field, StateArgument value, CancellationToken cancellationToken) =>
        (await client.ExecuteAsync(["HSETNX", key, field, value], cancellationToken).ConfigureAwait(false)).Integer == 1;

    /// <summary>HGET: a field's value, or null. Repeatable.</summary>
    public static async Task<ReadOnlyMemory<byte>?> HashGetAsync(this StateClient client, string key, string field, CancellationToken cancellationToken)
    {
        RespValue reply = await client.ExecuteRepeatableAsync(["HGET", key, field], cancellationToken).ConfigureAwait(false);
        return reply.IsNull ? default(ReadOnlyMemory<byte>?) : reply.Bytes;
    }

    /// <summary>HVALS: the values of all fields, in no order. Repeatable.</summary>
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> HashValuesAsync(this StateClient client, string key, CancellationToken cancellationToken)
    {
        RespValue reply = await client.ExecuteRepeatableAsync(["HVALS", key], cancellationToken).ConfigureAwait(false);
        return [.. reply.Items.Select(i => i.Bytes)];
    }

    /// <summary>HGETALL: all fields and their values, in no order. Repeatable.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>>> HashGetAllAsync(
        this StateClient client, string key, CancellationToken cancellationToken)
    {
        RespValue reply = await client.ExecuteRepeatableAsync(["HGETALL", key], cancellationToken).ConfigureAwait(false);
        var fields = new KeyValuePair<string, ReadOnlyMemory<byte>>[reply.Items.Count / 2];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = new(reply.Items[2 * i].Text, reply.Items[(2 * i) + 1].Bytes);
        }

        return fields;
    }

    /// <summary>HDEL: removes a field.</summary>
    /// <returns>True when it was there.</returns>
    public static async Task<bool> HashDeleteAsync(this StateClient client, string key, string field, CancellationToken cancellationToken) =>
        (await client.ExecuteAsync(["HDEL", key, field], cancellationToken).ConfigureAwait(false)).Integer == 1;
}
