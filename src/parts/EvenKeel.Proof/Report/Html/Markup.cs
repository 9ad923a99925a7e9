using System.Globalization;
using System.Text;

namespace EvenKeel.Proof.Report.Html;

/// <summary>
/// Writes markup that is always well-formed, as HTML and as XML: every tag that is opened is closed in order, everything from outside is escaped, and
/// characters that neither language allows become U+FFFD.
/// </summary>
internal sealed class Markup(TextWriter writer)
{
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element. Attributes with a null value are left out.</summary>
    public Markup Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(tag, attributes);
        writer.Write('>');
        _open.Push(tag);
        return this;
    }

    /// <summary>Closes the element opened last.</summary>
    public Markup Close()
    {
        writer.Write("</");
        writer.Write(_open.Pop());
        writer.Write('>');
        return this;
    }

    /// <summary>Writes an element without content: <c>meta</c>, <c>rect</c>, <c>path</c>.</summary>
    public Markup Empty(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(tag, attributes);
        writer.Write("/>");
        return this;
    }

    /// <summary>Writes an element that holds only text.</summary>
    public Markup Leaf(string tag, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Open(tag, attributes);
        return Text(text).Close();
    }

    /// <summary>Writes text.</summary>
    public Markup Text(string text)
    {
        writer.Write(Escape(text));
        return this;
    }

    /// <summary>Writes what this program itself holds and knows to be safe: the document type, the style sheet.</summary>
    public Markup Trusted(string text)
    {
        writer.Write(text);
        return this;
    }

    /// <summary>A number for an attribute, with at most two decimals.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Start(string tag, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        writer.Write('<');
        writer.Write(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                writer.Write(' ');
                writer.Write(name);
                writer.Write("=\"");
                writer.Write(Escape(value));
                writer.Write('"');
            }
        }
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            escaped = rune.Value switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append((char)rune.Value),
                < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune),
            };
        }

        return escaped.ToString();
    }
}
