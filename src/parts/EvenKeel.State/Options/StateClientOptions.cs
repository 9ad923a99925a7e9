namespace EvenKeel.State.Options;

/// <summary>Where a state server is and how long to wait for it.</summary>
public sealed record StateClientOptions
{
    /// <summary>A name or an address.</summary>
    public required string Host { get; init; }

    /// <summary>The port: 1 to 65535. Default 6379.</summary>
    public int Port { get; init; } = 6379;

    /// <summary>The user to authenticate as, or null for the default user.</summary>
    public string? User { get; init; }

    /// <summary>The password, or null for none.</summary>
    public string? Password { get; init; }

    /// <summary>The number of the database. Default 0.</summary>
    public int Database { get; init; }

    /// <summary>How the connection calls itself in CLIENT LIST, without blanks; null for no name.</summary>
    public string? Name { get; init; }

    /// <summary>The most that one operation takes, from the call to its reply. Default 2 s.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The most that connecting and authenticating take together. Default 1 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Operations that may wait to be sent or for their reply; one more is refused at once. Default 10000.</summary>
    public int MaxPending { get; init; } = 10_000;

    /// <summary>The version of the protocol to ask for: 2 or 3. A server without version 3 is spoken to with 2. Default 2.</summary>
    public int Protocol { get; init; } = 2;

    /// <summary>
    /// Silence after which a connection is asked for a sign of life. With <see cref="HeartbeatTimeout"/> it bounds how long a dead peer goes
    /// unnoticed: 4 s by default, of which 2 s are this. Above 0.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a connection that was asked may stay silent before it is taken for dead. Above 0. Default 2 s.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections that may be leased at a time; one more is refused at once. Default 16.</summary>
    public int MaxLeases { get; init; } = 16;

    /// <summary>Subscriptions at a time; one more is refused at once. Default 1000.</summary>
    public int MaxSubscriptions { get; init; } = 1000;

    /// <summary>Messages of one subscription that wait to be read; above it the oldest is dropped and counted. Default 1024.</summary>
    public int MaxMessages { get; init; } = 1024;

    /// <summary>The longest pause between two attempts to connect; the first retry is immediate, the next ones double from 50 ms. Default 2 s.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The address as host:port, without secrets.</summary>
    public string Address => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Names the address alone: a password must not reach a log by printing the options.</summary>
    public override string ToString() => Address;
}
