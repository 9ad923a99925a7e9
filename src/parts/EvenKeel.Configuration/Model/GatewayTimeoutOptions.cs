namespace EvenKeel.Configuration.Model;

/// <summary>How long each stage of an exchange may take.</summary>
public sealed record GatewayTimeoutOptions
{
    /// <summary>Until an endpoint accepts a connection. Default 2 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Until a client's whole request head has arrived. Beyond: 408. Default 10 s.</summary>
    public TimeSpan Head { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Without progress in either direction of a body. Default 60 s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From the last byte of the request until the response head. Beyond: 504. Default 30 s.</summary>
    public TimeSpan Response { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From a request's head to the end of its response, retries and the wait for a turn included; null for any time. Default null.</summary>
    public TimeSpan? Request { get; init; }

    /// <summary>An idle client connection between two requests. Default 75 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(75);
}
