using System.Text;

namespace EvenKeel.Proof.Workload;

/// <summary>
/// A text with placeholders: <c>{id}</c>, <c>{value}</c>, <c>{n}</c> and <c>{seed}</c>. Any other brace stands for itself, so JSON needs no escaping.
/// </summary>
internal sealed class Template
{
    private static readonly string[] Names = ["{id}", "{value}", "{n}", "{seed}"];

    private readonly List<(string Literal, int Name)> _parts = [];

    public Template(string text)
    {
        var from = 0;
        while (true)
        {
            var (at, name) = NextPlaceholder(text, from);
            _parts.Add((text[from..at], name));
            if (name < 0)
            {
                return;
            }

            from = at + Names[name].Length;
        }
    }

    /// <summary>Fills the placeholders in.</summary>
    /// <param name="values">What they stand for.</param>
    /// <param name="escape">Applied to each filled-in value, for the place where the text goes.</param>
    public string Fill(in TemplateValues values, Func<string, string> escape)
    {
        if (_parts.Count == 1)
        {
            return _parts[0].Literal;
        }

        var text = new StringBuilder();
        foreach (var (literal, name) in _parts)
        {
            text.Append(literal);
            if (name >= 0)
            {
                text.Append(escape(values.Of(name)));
            }
        }

        return text.ToString();
    }

    private static (int At, int Name) NextPlaceholder(string text, int from)
    {
        var (at, found) = (text.Length, -1);
        for (var name = 0; name < Names.Length; name++)
        {
            var next = text.IndexOf(Names[name], from, StringComparison.Ordinal);
            if (next >= 0 && next < at)
            {
                (at, found) = (next, name);
            }
        }

        return (at, found);
    }
}
