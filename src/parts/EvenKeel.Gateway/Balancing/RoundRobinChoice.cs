using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Balancing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>Each in turn.</summary>
internal sealed class RoundRobinChoice : EndpointPolicy
{
    public override EndpointState? Choose(in PolicyRequest request)
        => request.FirstFrom(RoundRobinPolicy.Choose(request.Group.Endpoints.Length, request.Turn));
}
