using System.Text;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Sections;

namespace EvenKeel.Configuration.Reference;

/// <summary>Writes the reference of <c>evenkeel.yaml</c> in Markdown from the schema model.</summary>
public static class ReferenceWriter
{
    /// <summary>The names of all sections, in the order of the reference.</summary>
    public static IReadOnlyList<string> Sections => [.. ListSections().Select(s => s.Name)];

    /// <summary>The whole page, which ends with a line feed.</summary>
    public static string WriteMarkdown()
    {
        var page = new StringBuilder(ReferenceText.Introduction);
        foreach (var section in ListSections())
        {
            page.Append('\n');
            Append(page, section);
        }

        return page.Append('\n').Append(ReferenceText.Values).ToString();
    }

    /// <summary>One section, or null when there is none of that name.</summary>
    /// <param name="name">One of <see cref="Sections"/>.</param>
    public static string? WriteSection(string name)
    {
        if (ListSections().FirstOrDefault(s => s.Name == name) is not { } section)
        {
            return null;
        }

        var text = new StringBuilder();
        Append(text, section);
        return text.ToString();
    }

    private static void Append(StringBuilder page, IObjectSchema section)
    {
        page.Append("## ").Append(section.Name).Append("\n\n").Append(section.Summary).Append("\n\n");
        page.Append("| key | value | default | meaning |\n|---|---|---|---|\n");
        foreach (var key in section.Keys)
        {
            var absent = key.IsRequired ? "required"
                : key.DefaultText is { } text ? $"`{text}`"
                : key.WhenAbsent;
            page.Append("| `").Append(key.Name).Append("` | ").Append(Cell(key.Schema.TypeText)).Append(" | ").Append(Cell(absent ?? "")).Append(" | ")
                .Append(Cell(key.Description)).Append(" |\n");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>The sections in depth-first order from the root, each once.</summary>
    private static List<IObjectSchema> ListSections()
    {
        var sections = new List<IObjectSchema>();
        Visit(ClusterSection.Schema);
        return sections;

        void Visit(SchemaNode node)
        {
            if (node is IObjectSchema section)
            {
                if (sections.Any(s => s.Name == section.Name))
                {
                    return;
                }

                sections.Add(section);
            }

            foreach (var child in node.Children)
            {
                Visit(child);
            }
        }
    }
}
