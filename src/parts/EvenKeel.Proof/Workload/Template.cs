using System.Text;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Proof.Workload;

/// <summary>A text with placeholders, such as <c>{id}</c>. Any other brace stands for itself, so JSON needs no escaping.</summary>
internal sealed class Template(string text)
{
    private readonly IReadOnlyList<PlaceholderPiece> _pieces = PlaceholderText.Split(text);

    /// <summary>Fills the placeholders in.</summary>
    /// <param name="values">What they stand for.</param>
    /// <param name="escape">Applied to each filled-in value, for the place where the text goes.</param>
    public string Fill(in TemplateValues values, Func<string, string> escape)
    {
        if (_pieces.Count == 1)
        {
            return _pieces[0].Literal;
        }

        var filled = new StringBuilder();
        foreach (var (literal, placeholder) in _pieces)
        {
            filled.Append(literal);
            if (placeholder is not null)
            {
                filled.Append(escape(values.Of(placeholder)));
            }
        }

        return filled.ToString();
    }
}
