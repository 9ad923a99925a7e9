using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Files;
using EvenKeel.Configuration.Interpolation;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Sections;

namespace EvenKeel.Configuration;

/// <summary>
/// Reads <c>evenkeel.yaml</c>: find and decode the file, parse it to nodes, replace variables, check and bind against the schema model. A
/// configuration is given only when nothing is wrong; otherwise everything that is wrong, at once. Nothing is thrown for what a file
/// contains.
/// </summary>
public static class ConfigurationLoader
{
    private const string EnvironmentFileName = ".env";

    /// <summary>Reads a configuration file and the <c>.env</c> file beside it, which serves interpolation only.</summary>
    /// <param name="path">The file, or a folder that has <c>evenkeel.yaml</c> or <c>evenkeel.yml</c>. Messages name it as it is given
    /// here.</param>
    /// <param name="environment">The variables for interpolation; they win over those of the <c>.env</c> file.</param>
    /// <param name="environmentFile">Another file in place of <c>.env</c>, which then must exist; or null.</param>
    public static ConfigurationResult Load(string path, IReadOnlyDictionary<string, string> environment, string? environmentFile = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(environment);
        var diagnostics = new DiagnosticBag();
        if (ConfigurationFile.Find(path, diagnostics) is not { } file
            || TextFile.Read(file, file, DiagnosticCodes.Unreadable, diagnostics) is not { } source)
        {
            return new ConfigurationResult { Diagnostics = diagnostics.ToList() };
        }

        var fullPath = Path.GetFullPath(file);
        var beside = Path.Combine(Path.GetDirectoryName(fullPath) ?? "/", EnvironmentFileName);
        var shownAs = environmentFile ?? Path.Combine(Path.GetDirectoryName(file) ?? "", EnvironmentFileName);
        var variables = environmentFile is not null || File.Exists(beside)
            ? TextFile.Read(environmentFile ?? beside, shownAs, DiagnosticCodes.BadEnvFile, diagnostics)
            : null;
        var fallback = variables is null ? null : EnvironmentFile.Parse(variables, diagnostics);
        return Read(source, fullPath, name => environment.GetValueOrDefault(name) ?? fallback?.GetValueOrDefault(name), diagnostics);
    }

    /// <summary>Reads a configuration from text, as if it were the content of a file. Reads no <c>.env</c> and no other file.</summary>
    /// <param name="text">The content.</param>
    /// <param name="path">The path of the file that it stands for, as messages name it; relative paths in it start at its folder.</param>
    /// <param name="environment">The variables for interpolation.</param>
    public static ConfigurationResult LoadText(string text, string path, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(environment);
        return Read(new SourceText(path, text), Path.GetFullPath(path), environment.GetValueOrDefault, new DiagnosticBag());
    }

    private static ConfigurationResult Read(SourceText source, string fullPath, Func<string, string?> lookup, DiagnosticBag diagnostics)
    {
        if (NodeReader.Read(source, diagnostics) is not { } parsed)
        {
            return new ConfigurationResult { Diagnostics = diagnostics.ToList() };
        }

        var root = new NodeInterpolation(source, lookup, diagnostics).Apply(parsed);
        var context = new BindingContext(source, diagnostics, FileFacts.Read(root), fullPath);
        var isBound = ClusterSection.Schema.TryBind(root, "", context, out var cluster);
        if (!isBound || diagnostics.Count > 0)
        {
            return new ConfigurationResult { Diagnostics = diagnostics.ToList() };
        }

        return new ConfigurationResult { Cluster = cluster, Diagnostics = [], Origins = context.Origins };
    }
}
