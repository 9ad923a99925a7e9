namespace EvenKeel.Configuration.Model;

/// <summary>How policies that hash find the endpoint of a request. A request without the key is balanced by chance.</summary>
public sealed record HashOptions
{
    /// <summary>What is hashed. Default the client's address.</summary>
    public HashKeySource By { get; init; }

    /// <summary>The name of the header field, cookie or query parameter; empty otherwise.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The most requests in flight that an endpoint may have, in percent of an even share, 101 to 1000; 0 for no bound. Beyond it a key goes on.
    /// </summary>
    public int BoundedLoad { get; init; }

    /// <summary>True to refuse a request whose instance cannot serve it, false to let its key go on to another one. Default false.</summary>
    public bool Refuses { get; init; }

    /// <summary>Points on the ring for each unit of weight, 1 to 1000. Default 150.</summary>
    public int VirtualNodes { get; init; } = 150;
}
