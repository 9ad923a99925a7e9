using System.Text;
using EvenKeel.Gateway.Affinity;
using EvenKeel.Http.Fields;

namespace EvenKeel.Gateway.Routing;

/// <summary>Finds the value by which requests are kept together.</summary>
internal static class RequestValue
{
    /// <summary>The value of the first header field of a name, or empty.</summary>
    public static ReadOnlySpan<byte> OfHeader(in RouteRequest request, ReadOnlySpan<byte> name)
    {
        foreach (ref readonly var line in request.Head.Fields)
        {
            if (Ascii.EqualsIgnoreCase(line.Name(request.Bytes), name))
            {
                return line.Value(request.Bytes);
            }
        }

        return default;
    }

    /// <summary>The value of the first cookie of a name, or empty.</summary>
    public static ReadOnlySpan<byte> OfCookie(in RouteRequest request, ReadOnlySpan<byte> name)
    {
        foreach (ref readonly var line in request.Head.Fields)
        {
            if (line.Known == KnownField.Cookie && CookieField.TryFind(line.Value(request.Bytes), name, out var value))
            {
                return value;
            }
        }

        return default;
    }

    /// <summary>The value of the first query parameter of a name as it was encoded, or empty.</summary>
    public static ReadOnlySpan<byte> OfQuery(in RouteRequest request, ReadOnlySpan<byte> name)
    {
        for (var query = request.Query; !query.IsEmpty;)
        {
            var end = query.IndexOf((byte)'&');
            var pair = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name))
            {
                return pair[(name.Length + 1)..];
            }
        }

        return default;
    }
}
