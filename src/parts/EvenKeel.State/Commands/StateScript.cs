using System.Security.Cryptography;
using System.Text;

namespace EvenKeel.State.Commands;

/// <summary>A Lua script, which a server that offers EVAL runs as one command. The embedded state node offers none.</summary>
public sealed class StateScript
{
    /// <summary>Takes a script's text.</summary>
    public StateScript(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
#pragma warning disable CA5350 // EVALSHA names scripts by SHA-1; nothing is protected by it.
        Hash = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Its name in EVALSHA: SHA-1 in lower-case hexadecimal.</summary>
    public string Hash { get; }
}
