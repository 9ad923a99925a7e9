namespace EvenKeel.Transport.Tls;

/// <summary>How many native objects of one kind are alive. Thread-safe.</summary>
internal sealed class NativeCount
{
    private int _alive;

    /// <summary>Connections (SSL), each with its BIO and its handle of the garbage collector.</summary>
    public static NativeCount Connections { get; } = new();

    /// <summary>Contexts (SSL_CTX).</summary>
    public static NativeCount Contexts { get; } = new();

    /// <summary>Sessions kept for resumption (SSL_SESSION).</summary>
    public static NativeCount Sessions { get; } = new();

    /// <summary>How many are alive.</summary>
    public int Alive => Volatile.Read(ref _alive);

    /// <summary>Counts.</summary>
    public void Add(int change) => Interlocked.Add(ref _alive, change);
}
