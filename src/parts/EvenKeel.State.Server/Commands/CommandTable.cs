using System.Collections.Frozen;
using static EvenKeel.State.Server.Commands.CommandTraits;

namespace EvenKeel.State.Server.Commands;

/// <summary>All commands. A new one is a file beside this one, a row here, and a case in the conformance tests.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new("ping", -1, WhileSubscribed, 0, 0, PingCommand.Run),
        new("echo", 2, None, 0, 0, EchoCommand.Run),
        new("quit", -1, WhileSubscribed, 0, 0, QuitCommand.Run),
        new("auth", -2, None, 0, 0, AuthCommand.Run),
        new("hello", -1, None, 0, 0, HelloCommand.Run),
        new("client", -2, None, 0, 0, ClientCommand.Run),
        new("command", -1, None, 0, 0, CommandCommand.Run),
        new("info", -1, None, 0, 0, InfoCommand.Run),
        new("select", 2, None, 0, 0, SelectCommand.Run),
        new("dbsize", 1, ReadOnly, 0, 0, DbSizeCommand.Run),
        new("flushall", -1, Write, 0, 0, FlushCommand.Run),
        new("flushdb", -1, Write, 0, 0, FlushCommand.Run),
        new("set", -3, Write | DenyOnMemory, 1, 1, SetCommand.Run),
        new("get", 2, ReadOnly, 1, 1, GetCommand.Run),
        new("getdel", 2, Write, 1, 1, GetCommand.RunAndDelete),
        new("incr", 2, Write | DenyOnMemory, 1, 1, IncrCommand.RunByOne),
        new("incrby", 3, Write | DenyOnMemory, 1, 1, IncrCommand.RunBy),
        new("del", -2, Write, 1, -1, DelCommand.Run),
        new("exists", -2, ReadOnly, 1, -1, ExistsCommand.Run),
        new("type", 2, ReadOnly, 1, 1, TypeCommand.Run),
        new("expire", -3, Write, 1, 1, ExpireCommand.RunSeconds),
        new("pexpire", -3, Write, 1, 1, ExpireCommand.RunMilliseconds),
        new("ttl", 2, ReadOnly, 1, 1, TtlCommand.RunSeconds),
        new("pttl", 2, ReadOnly, 1, 1, TtlCommand.RunMilliseconds),
        new("keys", 2, ReadOnly, 0, 0, KeysCommand.Run),
        new("scan", -2, ReadOnly, 0, 0, ScanCommand.Run),
        new("hset", -4, Write | DenyOnMemory, 1, 1, HSetCommand.Run),
        new("hsetnx", 4, Write | DenyOnMemory, 1, 1, HSetNxCommand.Run),
        new("hget", 3, ReadOnly, 1, 1, HGetCommand.Run),
        new("hmget", -3, ReadOnly, 1, 1, HMGetCommand.Run),
        new("hgetall", 2, ReadOnly, 1, 1, HGetAllCommand.RunAll),
        new("hkeys", 2, ReadOnly, 1, 1, HGetAllCommand.RunKeys),
        new("hvals", 2, ReadOnly, 1, 1, HGetAllCommand.RunValues),
        new("hdel", -3, Write, 1, 1, HDelCommand.Run),
        new("hlen", 2, ReadOnly, 1, 1, HLenCommand.Run),
        new("hexists", 3, ReadOnly, 1, 1, HExistsCommand.Run),
        new("subscribe", -2, WhileSubscribed, 0, 0, SubscribeCommand.Run),
        new("unsubscribe", -1, WhileSubscribed, 0, 0, SubscribeCommand.RunEnd),
        new("publish", 3, None, 0, 0, PublishCommand.Run),
        new("lock", -4, None, 0, 0, LockCommand.Run),
        new("fset", 4, Write | DenyOnMemory, 1, 1, FSetCommand.Run),
        new("fget", 3, Write | DenyOnMemory, 1, 1, FSetCommand.RunGet),
    ];

    private static readonly FrozenDictionary<string, Command>.AlternateLookup<ReadOnlySpan<char>> ByName =
        All.ToFrozenDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The command of a name in any case, or null.</summary>
    public static Command? Find(ReadOnlySpan<byte> name)
    {
        Span<char> chars = stackalloc char[16];
        if (name.Length > chars.Length)
        {
            return null;
        }

        for (int i = 0; i < name.Length; i++)
        {
            chars[i] = (char)name[i];
        }

        return ByName.TryGetValue(chars[..name.Length], out Command? command) ? command : null;
    }
}
