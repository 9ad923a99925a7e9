namespace EvenKeel.State.Server.Commands;

/// <summary>What the server and COMMAND have to know of a command.</summary>
[Flags]
internal enum CommandTraits
{
    /// <summary>Touches no keys.</summary>
    None = 0,

    /// <summary>Reads keys.</summary>
    ReadOnly = 1,

    /// <summary>Changes keys.</summary>
    Write = 2,

    /// <summary>May need more memory, and is refused when there is none.</summary>
    DenyOnMemory = 4,

    /// <summary>Allowed to a client that is subscribed to a channel.</summary>
    WhileSubscribed = 8,
}
