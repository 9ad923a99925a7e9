namespace EvenKeel.Transport.Tls;

/// <summary>TLS cannot be used as it is configured; the message says what is wrong, with which file, and what to do.</summary>
public sealed class TlsException : Exception
{
    /// <summary>Makes one.</summary>
    public TlsException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
