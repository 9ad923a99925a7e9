using System.Net;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Routing;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Tests.Routing;

/// <summary>Route tables without a gateway around them, and requests to ask them with.</summary>
internal static class RouteTables
{
    public static RouteTable Make(IEnumerable<RouteOptions> routes) => new(
        [.. routes.Select((route, i) => new RouteRule(i, route, way => new Route(way, new EndpointChooser(new EndpointDirectory(), way.Service))))]);

    /// <summary>The position of the route that matches, or -1.</summary>
    public static int Find(RouteTable table, string request, string client = "127.0.0.1", string? body = null)
    {
        var bytes = Encoding.Latin1.GetBytes(request);
        var head = new RequestHead();
        Assert.Equal(HeadStatus.Complete, head.Parse(bytes, HeadLimits.Default));
        return Find(table, head, bytes, ClientNetwork.BitsOf(IPAddress.Parse(client)), body is null ? null : Encoding.UTF8.GetBytes(body));
    }

    public static int Find(RouteTable table, RequestHead head, ReadOnlySpan<byte> bytes, UInt128 client = default, byte[]? body = null)
    {
        Span<byte> path = stackalloc byte[1024];
        Span<byte> host = stackalloc byte[HostName.MaxLength];
        var fault = NormalPath.Read(head.Path(bytes), path, out var normal);
        Assert.True(fault == HttpFault.None);
        var request = new RouteRequest
        {
            Head = head,
            Bytes = bytes,
            Path = normal,
            Host = HostName.Read(head.Host(bytes), host),
            Client = client,
            BodyState = body is null ? BodyState.None : BodyState.Here,
            Body = body,
        };
        return table.Find(in request, out _)?.Position ?? -1;
    }
}
