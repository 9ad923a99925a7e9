using System.Text;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Requests;
using EvenKeel.State.Server.Channels;
using EvenKeel.State.Server.Keys;
using EvenKeel.State.Server.Locks;
using EvenKeel.State.Server.Sessions;

namespace EvenKeel.State.Server.Commands;

/// <summary>What a command works on. One object serves all requests of a server, one after the other.</summary>
internal sealed class CommandContext(Keyspace keys, ServerCounters counters, ChannelTable channels, LockTable locks)
{
    public Keyspace Keys { get; } = keys;

    public ChannelTable Channels { get; } = channels;

    public LockTable Locks { get; } = locks;

    public ServerCounters Counters { get; } = counters;

    public ClientSession Session { get; private set; } = null!;

    public RequestArguments Arguments { get; private set; } = null!;

    public RespWriter Output => Session.Output;

    /// <summary>How many arguments there are, with the command's name.</summary>
    public int Count => Arguments.Count;

    /// <summary>An argument; 0 is the command's name.</summary>
    public ReadOnlySpan<byte> this[int index] => Arguments[index];

    /// <summary>Turns to a request.</summary>
    public void Begin(ClientSession session, RequestArguments arguments)
    {
        Session = session;
        Arguments = arguments;
    }

    /// <summary>True when an argument is a word, in any case.</summary>
    public bool Is(int index, string word) => Ascii.EqualsIgnoreCase(Arguments[index], word);

    /// <summary>An argument as an integer.</summary>
    /// <returns>False when it is none; the error is written.</returns>
    public bool TryInteger(int index, out long value)
    {
        if (RespInteger.TryParse(Arguments[index], out value))
        {
            return true;
        }

        Output.WriteError(Errors.NotAnInteger);
        return false;
    }

    /// <summary>The string at a key, or null.</summary>
    /// <returns>False when there is another type; the error is written.</returns>
    public bool TryText(int index, out Entry? entry)
    {
        entry = Keys.Find(Arguments[index]);
        return CheckType(entry, entry?.Text is not null);
    }

    /// <summary>The hash at a key, or null.</summary>
    /// <returns>False when there is another type; the error is written.</returns>
    public bool TryHash(int index, out Entry? entry)
    {
        entry = Keys.Find(Arguments[index]);
        return CheckType(entry, entry?.Hash is not null);
    }

    public void WriteOk() => Output.WriteSimpleString("OK"u8);

    /// <summary>Writes a bulk string, or null for none.</summary>
    public void WriteBulk(byte[]? value)
    {
        if (value is null)
        {
            Output.WriteNullBulk();
        }
        else
        {
            Output.WriteBulk(value);
        }
    }

    /// <summary>Writes the error of a subcommand's count of arguments, or of a subcommand that there is not.</summary>
    public void RefuseSubcommand(params ReadOnlySpan<string> known)
    {
        string name = Encoding.UTF8.GetString(Arguments[0]);
        string sub = Encoding.UTF8.GetString(Arguments[1]);
        bool exists = known.Contains(sub.ToLowerInvariant());
        Output.WriteError(exists
            ? Errors.WrongArity($"{name}|{sub}".ToLowerInvariant())
            : $"ERR unknown subcommand '{sub}'. Try {name.ToUpperInvariant()} HELP.");
    }

    private bool CheckType(Entry? entry, bool fits)
    {
        if (entry is null || fits)
        {
            return true;
        }

        Output.WriteError(Errors.WrongType);
        return false;
    }
}
