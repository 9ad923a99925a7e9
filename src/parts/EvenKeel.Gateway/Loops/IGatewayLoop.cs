using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway.Loops;

/// <summary>What a gateway has on one event loop. Its methods are called on the loop.</summary>
internal interface IGatewayLoop
{
    /// <summary>The event loop.</summary>
    EventLoop Events { get; }

    /// <summary>Completes when it drains and no client is left.</summary>
    Task Drained { get; }

    /// <summary>Begins to check deadlines.</summary>
    void Start();

    /// <summary>Lets what is under way finish.</summary>
    void Drain();

    /// <summary>Ends everything.</summary>
    void End();
}
