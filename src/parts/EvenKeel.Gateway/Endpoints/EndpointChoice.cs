namespace EvenKeel.Gateway.Endpoints;

/// <summary>An endpoint that was chosen for a request and counts it as in flight. <see cref="End"/> must follow exactly once.</summary>
public readonly struct EndpointChoice
{
    private readonly bool _isTrial;
    private readonly bool _isTimed;

    internal EndpointChoice(EndpointState endpoint, bool isTrial, bool mustBind, bool isTimed)
    {
        Endpoint = endpoint;
        _isTrial = isTrial;
        _isTimed = isTimed;
        MustBind = mustBind;
    }

    /// <summary>The endpoint.</summary>
    public EndpointState Endpoint { get; }

    /// <summary>True when the client has to be given a cookie that names the endpoint: it has none, or its instance is gone or not well.</summary>
    public bool MustBind { get; }

    /// <summary>The request is over at this endpoint.</summary>
    /// <param name="outcome">What it says of the endpoint.</param>
    /// <param name="time">From the attempt to the first byte of the response, or to the failure. Only policies that go by it look at it.</param>
    public void End(EndpointOutcome outcome, TimeSpan time = default)
    {
        if (_isTimed && outcome != EndpointOutcome.Neutral)
        {
            Endpoint.ObserveTime(time, outcome != EndpointOutcome.Succeeded);
        }

        Endpoint.End(outcome, _isTrial);
    }

    /// <summary>
    /// Says what is already known of the endpoint while the request goes on: a relayed connection may last for hours, and a trial is decided
    /// when it was accepted.
    /// </summary>
    /// <returns>The choice to end, with <see cref="EndpointOutcome.Neutral"/>, instead of this one.</returns>
    public EndpointChoice Settle(EndpointOutcome outcome)
    {
        Endpoint.Settle(outcome, _isTrial);
        return new EndpointChoice(Endpoint, isTrial: false, MustBind, isTimed: false);
    }
}
