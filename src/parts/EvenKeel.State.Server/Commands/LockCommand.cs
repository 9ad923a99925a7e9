using System.Text;
using EvenKeel.State.Server.Locks;

namespace EvenKeel.State.Server.Commands;

/// <summary>
/// LOCK ACQUIRE name owner lease patience (both in milliseconds): token, milliseconds left to the holder, waiters ahead; the token is 0 while
/// somebody else holds it. LOCK RENEW name owner token lease and LOCK RELEASE name owner token: 1, or 0 for a stranger. Commands of EvenKeel's
/// own, since each has to be one step and there are no scripts here.
/// </summary>
internal static class LockCommand
{
    private const int MaxNameBytes = 512;
    private const long MaxMilliseconds = 7L * 24 * 3600 * 1000;

    public static void Run(CommandContext context)
    {
        if (context[2].Length > MaxNameBytes || context[3].Length > MaxNameBytes)
        {
            context.Output.WriteError($"ERR a lock's name and owner have at most {MaxNameBytes} bytes");
            return;
        }

        string name = Encoding.Latin1.GetString(context[2]);
        string owner = Encoding.Latin1.GetString(context[3]);
        if (context.Is(1, "ACQUIRE") && context.Count == 6)
        {
            if (TryLength(context, 4, 1, out long lease) && TryLength(context, 5, 0, out long patience))
            {
                Acquire(context, name, owner, lease, patience);
            }
        }
        else if (context.Is(1, "RENEW") && context.Count == 6)
        {
            if (context.TryInteger(4, out long token) && TryLength(context, 5, 1, out long lease))
            {
                context.Output.WriteInteger(context.Locks.Renew(name, owner, token, lease) ? 1 : 0);
            }
        }
        else if (context.Is(1, "RELEASE") && context.Count == 5)
        {
            if (context.TryInteger(4, out long token))
            {
                context.Output.WriteInteger(context.Locks.Release(name, owner, token) ? 1 : 0);
            }
        }
        else
        {
            context.RefuseSubcommand("acquire", "renew", "release");
        }
    }

    private static void Acquire(CommandContext context, string name, string owner, long lease, long patience)
    {
        if (context.Locks.Acquire(name, owner, lease, patience) is not { } answer)
        {
            context.Output.WriteError($"ERR there are {LockTable.MaxLocks} locks, which is the limit");
            return;
        }

        context.Output.WriteArrayHeader(3);
        context.Output.WriteInteger(answer.Token);
        context.Output.WriteInteger(answer.RemainingMilliseconds);
        context.Output.WriteInteger(answer.Ahead);
    }

    private static bool TryLength(CommandContext context, int at, long least, out long milliseconds)
    {
        if (!context.TryInteger(at, out milliseconds))
        {
            return false;
        }

        if (milliseconds < least || milliseconds > MaxMilliseconds)
        {
            context.Output.WriteError(Errors.InvalidExpiry("lock"));
            return false;
        }

        return true;
    }
}
