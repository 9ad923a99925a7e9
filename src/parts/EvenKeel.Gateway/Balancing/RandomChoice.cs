using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Balancing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>Any, each with the same chance.</summary>
internal sealed class RandomChoice : EndpointPolicy
{
    public override EndpointState? Choose(in PolicyRequest request)
        => request.FirstFrom(RandomPolicy.Choose(request.Group.Endpoints.Length, (uint)request.Random));
}
