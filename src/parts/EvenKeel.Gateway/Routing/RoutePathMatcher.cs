using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Values;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Routing;

/// <summary>A route's path, compiled. Each byte of a request's path is looked at a constant number of times, whatever the pattern.</summary>
internal sealed class RoutePathMatcher
{
    private readonly PathKind _kind;
    private readonly byte[] _literal;
    private readonly (byte[] Before, byte[] After, bool IsWild)[] _segments = [];
    private readonly bool _hasRest;

    /// <summary>Compiles a path.</summary>
    public RoutePathMatcher(string path, PathKind kind)
    {
        _kind = kind;
        if (kind == PathKind.Pattern)
        {
            if (!PathPattern.TryParse(path, out var pattern, out var problem))
            {
                throw new ArgumentException($"The path '{path}' is no pattern: {problem}.", nameof(path));
            }

            _segments = [.. pattern.Segments.Select(segment => (Normal(segment.Before), Normal(segment.After), segment.IsWild))];
            _hasRest = pattern.HasRest;
            Names = [.. pattern.Segments.Select(segment => segment.Name), .. pattern.HasRest ? [pattern.RestName] : Array.Empty<string?>()];
            _literal = [.. _segments.TakeWhile(segment => !segment.IsWild).SelectMany(segment => (byte[])[(byte)'/', .. segment.Before])];
        }
        else
        {
            _literal = Normal(kind == PathKind.Prefix ? path.TrimEnd('/') : path);
        }
    }

    /// <summary>The name of each segment that captures, at its position; null for one that does not.</summary>
    public string?[] Names { get; } = [];

    /// <summary>True for a path of which every byte is given.</summary>
    public bool IsExact => _kind == PathKind.Exact;

    /// <summary>The whole segments that every matching path begins with, without a slash at the end; all of the path when it is exact.</summary>
    public ReadOnlySpan<byte> Literal => _literal;

    /// <summary>True when a path in normal form matches.</summary>
    public bool Matches(ReadOnlySpan<byte> path) => _kind switch
    {
        PathKind.Exact => path.SequenceEqual(_literal),
        PathKind.Prefix => path.StartsWith(_literal) && (path.Length == _literal.Length || _literal.Length == 0 || path[_literal.Length] == '/'),
        _ => MatchesPattern(path),
    };

    /// <summary>What follows a prefix in a path that matches it: nothing, or a slash and more.</summary>
    public ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> path) => path[_literal.Length..];

    /// <summary>The part of a matching path that the segment at a position of <see cref="Names"/> captures.</summary>
    public ReadOnlySpan<byte> Capture(ReadOnlySpan<byte> path, int position)
    {
        for (var i = 0; i < position; i++)
        {
            NextSegment(ref path);
        }

        if (position == _segments.Length)
        {
            return path.IsEmpty ? default : path[1..];
        }

        var (before, after, _) = _segments[position];
        var segment = NextSegment(ref path);
        return segment[before.Length..(segment.Length - after.Length)];
    }

    private bool MatchesPattern(ReadOnlySpan<byte> path)
    {
        foreach (var (before, after, isWild) in _segments)
        {
            if (path.IsEmpty || path[0] != '/')
            {
                return false;
            }

            var segment = NextSegment(ref path);
            var fits = isWild
                ? segment.Length > before.Length + after.Length && segment.StartsWith(before) && segment.EndsWith(after)
                : segment.SequenceEqual(before);
            if (!fits)
            {
                return false;
            }
        }

        return path.IsEmpty || (_hasRest && path[0] == '/');
    }

    private static ReadOnlySpan<byte> NextSegment(scoped ref ReadOnlySpan<byte> path)
    {
        var rest = path[1..];
        var length = rest.IndexOf((byte)'/');
        var segment = length < 0 ? rest : rest[..length];
        path = length < 0 ? default : rest[length..];
        return segment;
    }

    // The text of a route is checked to be in normal form but for wildcard characters, which are written encoded to mean themselves.
    private static byte[] Normal(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        return NormalPath.Read(bytes, new byte[bytes.Length], out var normal) == HttpFault.None ? normal.ToArray() : bytes;
    }
}
