using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Metering.Tests.Deploy;

/// <summary>What a test asks of <c>deploy/compose/compose.yaml</c>: merged keys are resolved, and variables have their defaults.</summary>
internal sealed partial class ComposeFile
{
    private static readonly YamlScalarNode MergeKey = new("<<");
    private readonly YamlMappingNode _root;

    private ComposeFile(YamlMappingNode root) => _root = root;

    /// <summary>The folder that relative paths start from.</summary>
    public static string Folder { get; } = DeployFiles.PathOf("compose");

    /// <summary>The services by name.</summary>
    public IReadOnlyDictionary<string, YamlMappingNode> Services => Children(_root, "services")
        .ToDictionary(child => Text(child.Key), child => (YamlMappingNode)child.Value);

    /// <summary>The names of the volumes.</summary>
    public string[] Volumes => [.. Children(_root, "volumes").Select(child => Text(child.Key))];

    public static ComposeFile Read() => Parse(DeployFiles.Read("compose/compose.yaml"));

    public static ComposeFile Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new ComposeFile((YamlMappingNode)Merged(stream.Documents.Single().RootNode));
    }

    /// <summary>The variables of a service.</summary>
    public static Dictionary<string, string> Environment(YamlMappingNode service) =>
        Children(service, "environment").ToDictionary(child => Text(child.Key), child => Text(child.Value));

    /// <summary>The elements of a list; the keys where it is written as a mapping; nothing where there is none.</summary>
    public static string[] List(YamlMappingNode service, string key) => Child(service, key) switch
    {
        null => [],
        YamlMappingNode mapping => [.. mapping.Children.Keys.Select(Text)],
        YamlNode list => [.. ((YamlSequenceNode)list).Children.Select(Text)],
    };

    public static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;

    /// <summary>A scalar with the defaults of its variables, from the innermost one outwards.</summary>
    public static string Text(YamlNode node)
    {
        string text = ((YamlScalarNode)node).Value ?? "";
        while (Default().Match(text) is { Success: true } match)
        {
            text = text.Replace(match.Value, match.Groups["value"].Value, StringComparison.Ordinal);
        }

        return text;
    }

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Children(YamlMappingNode node, string key) =>
        Child(node, key) is YamlMappingNode mapping ? mapping.Children : [];

    // A key of the mapping itself goes before the same key of what it merges. A list of mappings to merge is not handled.
    private static YamlNode Merged(YamlNode node)
    {
        if (node is not YamlMappingNode mapping)
        {
            return node;
        }

        Dictionary<YamlNode, YamlNode> children = mapping.Children
            .Where(child => !child.Key.Equals(MergeKey))
            .ToDictionary(child => child.Key, child => Merged(child.Value));
        if (Child(mapping, "<<") is { } other)
        {
            foreach ((YamlNode key, YamlNode value) in ((YamlMappingNode)Merged(other)).Children)
            {
                children.TryAdd(key, value);
            }
        }

        return new YamlMappingNode(children);
    }

    [GeneratedRegex(@"\$\{\w+:-(?<value>[^${}]*)\}")]
    private static partial Regex Default();
}
