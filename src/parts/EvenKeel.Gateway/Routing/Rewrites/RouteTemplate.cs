using System.Buffers;
using System.Text;
using EvenKeel.Configuration.Values;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Gateway.Routing.Rewrites;

/// <summary>A text with placeholders, compiled. What it writes is made of bytes that were validated: none of them can end a line.</summary>
internal sealed class RouteTemplate
{
    // What would end a value of a query or start another one, and a plus, which is a space there. All else of a path is encoded, or harmless.
    private static readonly SearchValues<byte> EndsValue = SearchValues.Create("&+;="u8);

    private readonly TemplatePiece[] _pieces;

    /// <summary>Compiles a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The path of its route, which captures.</param>
    /// <param name="isTarget">True for a target or an address: what is put in behind its question mark stays one value of the query.</param>
    public RouteTemplate(string text, RoutePathMatcher path, bool isTarget)
    {
        var pieces = new List<TemplatePiece>();
        var inQuery = false;
        foreach (var piece in TemplateText.Split(text))
        {
            var (literal, value, position) = piece.IsPlaceholder ? Read(piece.Text, path) : (Encoding.ASCII.GetBytes(piece.Text), default, 0);
            var isOfPath = value is TemplateValue.Path or TemplateValue.Rest or TemplateValue.Capture;
            pieces.Add(new TemplatePiece(literal, value, position, IsQueryValue: inQuery && isOfPath));
            inQuery |= isTarget && (value == TemplateValue.Query || literal.Contains((byte)'?'));
            inQuery &= !literal.Contains((byte)'#');
        }

        _pieces = [.. pieces];
    }

    /// <summary>Writes the text for a request that its route matches.</summary>
    public void Write(scoped in RouteRequest request, RoutePathMatcher path, ref ByteWriter writer)
    {
        foreach (var piece in _pieces)
        {
            var bytes = piece.Value switch
            {
                TemplateValue.Scheme => request.Scheme,
                TemplateValue.Host => request.Host,
                TemplateValue.Path => request.Path,
                TemplateValue.Query => request.QueryWithMark,
                TemplateValue.Client => request.ClientText,
                TemplateValue.Rest => path.Rest(request.Path),
                TemplateValue.Capture => path.Capture(request.Path, piece.Position),
                _ => piece.Literal,
            };
            if (piece.IsQueryValue)
            {
                WriteQueryValue(bytes, ref writer);
            }
            else
            {
                writer.Write(bytes);
            }
        }
    }

    private static void WriteQueryValue(scoped ReadOnlySpan<byte> bytes, ref ByteWriter writer)
    {
        for (var end = bytes.IndexOfAny(EndsValue); end >= 0; end = bytes.IndexOfAny(EndsValue))
        {
            writer.Write(bytes[..end]);
            writer.Write(bytes[end] switch
            {
                (byte)'&' => "%26"u8,
                (byte)'+' => "%2B"u8,
                (byte)';' => "%3B"u8,
                _ => "%3D"u8,
            });
            bytes = bytes[(end + 1)..];
        }

        writer.Write(bytes);
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
