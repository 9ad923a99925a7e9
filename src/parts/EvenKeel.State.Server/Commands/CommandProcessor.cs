using System.Text;
using EvenKeel.Resp.Requests;
using EvenKeel.State.Server.Channels;
using EvenKeel.State.Server.Keys;
using EvenKeel.State.Server.Locks;
using EvenKeel.State.Server.Sessions;

namespace EvenKeel.State.Server.Commands;

/// <summary>Executes requests, one after the other, each writing one reply to its session.</summary>
internal sealed class CommandProcessor
{
    private const int QuotedBytes = 128;
    private readonly Keyspace _keys;
    private readonly CommandContext _context;

    public CommandProcessor(Keyspace keys, ServerCounters counters, TimeProvider time)
    {
        _keys = keys;
        Counters = counters;
        _context = new CommandContext(keys, counters, Channels, new LockTable(time, Channels));
    }

    /// <summary>Who is subscribed to what.</summary>
    public ChannelTable Channels { get; } = new();

    public ServerCounters Counters { get; }

    /// <summary>Executes one request.</summary>
    public void Execute(ClientSession session, RequestArguments arguments)
    {
        Counters.Commands++;
        Command? command = CommandTable.Find(arguments[0]);
        if (command is null)
        {
            if (IsHttp(arguments[0]))
            {
                // A browser that was made to post commands across protocols: nothing that follows may run.
                session.Closing = true;
                return;
            }

            session.Output.WriteError(Unknown(arguments));
        }
        else if (!command.Takes(arguments.Count))
        {
            session.Output.WriteError(Errors.WrongArity(command.Name));
        }
        else if (session.Channels.Count > 0 && !command.Traits.HasFlag(CommandTraits.WhileSubscribed))
        {
            session.Output.WriteError(Errors.WhileSubscribed(command.Name));
        }
        else if (command.Traits.HasFlag(CommandTraits.DenyOnMemory) && IsOutOfMemory())
        {
            session.Output.WriteError(Errors.OutOfMemory);
        }
        else
        {
            _context.Begin(session, arguments);
            command.Run(_context);
        }
    }

    private bool IsOutOfMemory()
    {
        if (Counters.MaxMemory == 0 || _keys.UsedBytes <= Counters.MaxMemory)
        {
            return false;
        }

        _keys.RemoveExpired(1000);
        return _keys.UsedBytes > Counters.MaxMemory;
    }

    private static bool IsHttp(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(name, "POST"u8) || Ascii.EqualsIgnoreCase(name, "Host:"u8);

    private static string Unknown(RequestArguments arguments)
    {
        var quoted = new StringBuilder();
        for (int i = 1; i < arguments.Count && quoted.Length < QuotedBytes; i++)
        {
            ReadOnlySpan<byte> argument = arguments[i];
            argument = argument[..Math.Min(argument.Length, QuotedBytes - quoted.Length)];
            quoted.Append('\'').Append(Encoding.UTF8.GetString(argument)).Append("' ");
        }

        ReadOnlySpan<byte> name = arguments[0];
        return $"ERR unknown command '{Encoding.UTF8.GetString(name[..Math.Min(name.Length, QuotedBytes)])}', with args beginning with: {quoted}";
    }
}
