namespace EvenKeel.State.Server.Commands;

/// <summary>Errors as Redis words them: clients compare some of them by text.</summary>
internal static class Errors
{
    public const string NotAnInteger = "ERR value is not an integer or out of range";
    public const string Syntax = "ERR syntax error";
    public const string WrongType = "WRONGTYPE Operation against a key holding the wrong kind of value";
    public const string OutOfMemory = "OOM command not allowed when used memory > 'maxmemory'.";
    public const string Overflow = "ERR increment or decrement would overflow";

    public static string WhileSubscribed(string command) =>
        $"ERR Can't execute '{command}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context";

    public static string WrongArity(string command) => $"ERR wrong number of arguments for '{command}' command";

    public static string InvalidExpiry(string command) => $"ERR invalid expire time in '{command}' command";
}
