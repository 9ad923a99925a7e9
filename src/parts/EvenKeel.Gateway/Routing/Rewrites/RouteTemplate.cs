using System.Text;
using EvenKeel.Configuration.Values;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Gateway.Routing.Rewrites;

/// <summary>A text with placeholders, compiled. What it writes is made of bytes that were validated: none of them can end a line.</summary>
internal sealed class RouteTemplate
{
    private readonly (byte[] Literal, TemplateValue Value, int Position)[] _pieces;

    /// <summary>Compiles a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The path of its route, which captures.</param>
    public RouteTemplate(string text, RoutePathMatcher path)
        => _pieces = [.. TemplateText.Split(text).Select(
            piece => piece.IsPlaceholder ? Read(piece.Text, path) : (Encoding.ASCII.GetBytes(piece.Text), default, 0))];

    /// <summary>Writes the text for a request that its route matches.</summary>
    public void Write(scoped in RouteRequest request, RoutePathMatcher path, ref ByteWriter writer)
    {
        foreach (var (literal, value, position) in _pieces)
        {
            writer.Write(value switch
            {
                TemplateValue.Scheme => request.Scheme,
                TemplateValue.Host => request.Host,
                TemplateValue.Path => request.Path,
                TemplateValue.Query => request.QueryWithMark,
                TemplateValue.Client => request.ClientText,
                TemplateValue.Rest => path.Rest(request.Path),
                TemplateValue.Capture => path.Capture(request.Path, position),
                _ => literal,
            });
        }
    }

    private static (byte[] Literal, TemplateValue Value, int Position) Read(string name, RoutePathMatcher path) => name switch
    {
        "scheme" => ([], TemplateValue.Scheme, 0),
        "host" => ([], TemplateValue.Host, 0),
        "path" => ([], TemplateValue.Path, 0),
        "query" => ([], TemplateValue.Query, 0),
        "client" => ([], TemplateValue.Client, 0),
        "rest" => ([], TemplateValue.Rest, 0),
        _ when Array.IndexOf(path.Names, name) is >= 0 and var position => ([], TemplateValue.Capture, position),
        _ => throw new ArgumentException($"The path does not capture '{name}'.", nameof(name)),
    };
}
