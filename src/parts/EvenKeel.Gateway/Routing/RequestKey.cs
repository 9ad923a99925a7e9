using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Gateway.Routing;

/// <summary>The key of requests for policies that hash.</summary>
internal sealed class RequestKey(HashOptions options)
{
    private readonly byte[] _name = Encoding.ASCII.GetBytes(options.Name);

    /// <summary>The hash of a request's key, or null when it has none: an empty value is none.</summary>
    public ulong? HashOf(in RouteRequest request)
    {
        var key = options.By switch
        {
            HashKeySource.Path => request.Path,
            HashKeySource.Header => RequestValue.OfHeader(in request, _name),
            HashKeySource.Cookie => RequestValue.OfCookie(in request, _name),
            HashKeySource.Query => RequestValue.OfQuery(in request, _name),
            _ => request.ClientText,
        };
        return key.IsEmpty ? null : KeyHash.Of(key);
    }
}
