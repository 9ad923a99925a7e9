using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Routing.Rewrites;

/// <summary>A change of a request's target and host, compiled. Paths are made from the normal form, and are judged like those of clients.</summary>
internal sealed class RouteRewrite
{
    private readonly RoutePathMatcher _path;
    private readonly byte[]? _prefix;
    private readonly RouteTemplate? _newPath;
    private readonly RouteTemplate? _host;
    private readonly bool _keepsQuery;

    private RouteRewrite(RewriteOptions options, RoutePathMatcher path)
    {
        _path = path;
        _prefix = options.Prefix is { } prefix ? Encoding.ASCII.GetBytes(prefix.TrimEnd('/')) : null;
        _newPath = options.Path is { } text ? new RouteTemplate(text, path, isTarget: true) : null;
        _host = options.Host is { } host ? new RouteTemplate(host, path, isTarget: false) : null;
        _keepsQuery = options.Path?.Contains('?', StringComparison.Ordinal) != true;
    }

    /// <summary>True when the target changes.</summary>
    public bool ChangesTarget => _prefix is not null || _newPath is not null;

    /// <summary>True when the host changes.</summary>
    public bool ChangesHost => _host is not null;

    /// <summary>Compiles a rewrite; null when there is none.</summary>
    public static RouteRewrite? Compile(RewriteOptions? options, RoutePathMatcher path) => options is null ? null : new RouteRewrite(options, path);

    /// <summary>Writes the new target.</summary>
    /// <returns>What is wrong with it, for captures put together may make a segment of dots.</returns>
    public HttpFault WriteTarget(scoped in RouteRequest request, ref ByteWriter writer, ReadOnlySpan<byte> destination)
    {
        var start = writer.Length;
        if (_newPath is not null)
        {
            _newPath.Write(in request, _path, ref writer);
        }
        else
        {
            var rest = _path.Rest(request.Path);
            writer.Write(_prefix);
            writer.Write(rest.IsEmpty && _prefix!.Length == 0 ? "/"u8 : rest);
        }

        if (_keepsQuery)
        {
            writer.Write(request.QueryWithMark);
        }

        var target = destination[start..writer.Length];
        var query = target.IndexOf((byte)'?');
        return writer.Overflowed ? HttpFault.StartLineTooLong
            : NormalPath.HasDotSegment(query < 0 ? target : target[..query]) ? HttpFault.PathDotSegment
            : target.IsEmpty || target[0] != '/' ? HttpFault.TargetFormInvalid
            : HttpFault.None;
    }

    /// <summary>Writes the new host.</summary>
    /// <returns>What is wrong with it, for a capture may hold what no host does.</returns>
    public HttpFault WriteHost(scoped in RouteRequest request, ref ByteWriter writer, ReadOnlySpan<byte> destination)
    {
        var start = writer.Length;
        _host!.Write(in request, _path, ref writer);
        return writer.Overflowed || !Authority.IsValid(destination[start..writer.Length]) ? HttpFault.HostInvalid : HttpFault.None;
    }
}
