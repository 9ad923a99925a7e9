namespace EvenKeel.Gateway;

/// <summary>What a gateway is doing.</summary>
public enum GatewayState
{
    /// <summary>Made, and not listening yet.</summary>
    Created = 0,

    /// <summary>Listening.</summary>
    Running,

    /// <summary>Not listening any more; exchanges under way are finished.</summary>
    Draining,

    /// <summary>Over: no connection is left.</summary>
    Stopped,
}
