using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Gateway.Routing.Rewrites;

/// <summary>An answer that a route gives itself, compiled: a redirect or a fixed reply.</summary>
internal sealed class RouteReply
{
    private const int MaxLocation = 16 * 1024;

    private readonly RoutePathMatcher _path;
    private readonly RouteTemplate? _location;
    private readonly byte[] _fields;
    private readonly byte[] _body;

    private RouteReply(RouteOptions options, RoutePathMatcher path)
    {
        _path = path;
        Status = options.Redirect?.Status ?? options.Respond!.Status;
        _location = options.Redirect is { } redirect ? new RouteTemplate(redirect.To, path, isTarget: true) : null;
        _body = Status is 204 or 304 ? [] : Encoding.UTF8.GetBytes(options.Respond?.Body ?? "");
        var type = _body.Length > 0 ? $"Content-Type: {options.Respond!.Type}\r\n" : "";
        var length = Status is 204 or 304 ? "" : $"Content-Length: {_body.Length}\r\n";
        var changes = HeaderChanges.Compile(options.ResponseHeaders, path);
        type = changes?.Dropped.Contains("Content-Type"u8) == true ? "" : type;
        _fields = [.. Encoding.ASCII.GetBytes(type + length), .. changes?.Constant ?? []];
    }

    /// <summary>The status.</summary>
    public int Status { get; }

    /// <summary>The body.</summary>
    public ReadOnlySpan<byte> Body => _body;

    /// <summary>Compiles the answer of a route; null when it leads to a service.</summary>
    public static RouteReply? Compile(RouteOptions options, RoutePathMatcher path) =>
        options.Redirect is null && options.Respond is null ? null : new RouteReply(options, path);

    /// <summary>Writes the head but for its last lines, which tell the fate of the connection.</summary>
    public HttpFault WriteHead(scoped in RouteRequest request, ref ByteWriter writer)
    {
        writer.Write("HTTP/1.1 "u8);
        writer.WriteNumber(Status);
        writer.Write(" \r\n"u8);
        writer.Write(_fields);
        if (_location is not null)
        {
            var before = writer.Length;
            writer.Write("Location: "u8);
            _location.Write(in request, _path, ref writer);
            writer.Write("\r\n"u8);
            return writer.Overflowed || writer.Length - before > MaxLocation ? HttpFault.StartLineTooLong : HttpFault.None;
        }

        return writer.Overflowed ? HttpFault.HeadTooLarge : HttpFault.None;
    }
}
