namespace EvenKeel.Fleet.Servers;

/// <summary>
/// A configuration with places such as <c>${PORT}</c>, written as envsubst writes them, so that the same file serves elsewhere. Only the
/// places that are known are filled in; all other text stays.
/// </summary>
/// <param name="Text">The text.</param>
internal sealed record ServerTemplate(string Text)
{
    /// <summary>The largest template: 1 MiB.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The template that a service names, or the built-in one.</summary>
    /// <exception cref="ServerUnavailableException">The file cannot be read, is too large, or has no place for the targets.</exception>
    public static ServerTemplate Read(ServerSetup setup, string builtIn)
    {
        if (setup.Server.Template is not { } file)
        {
            return new ServerTemplate(builtIn);
        }

        try
        {
            if (new FileInfo(file).Length > MaxBytes)
            {
                throw new ServerUnavailableException($"the template {file} of '{setup.Service.Name}' is larger than {MaxBytes >> 20} MiB", "name another file");
            }

            return new ServerTemplate(File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ServerUnavailableException(
                $"the template {file} of '{setup.Service.Name}' cannot be read: {error.Message}", "correct 'template', or leave it out for the built-in one");
        }
    }

    /// <summary>Adds the place of all targets, and one for each of their services, such as <c>SERVERS_WEB</c>.</summary>
    public static void AddTargets(
        Dictionary<string, string> values, string place, IReadOnlyList<ServerTarget> targets, Func<ServerTarget, string> line, string between)
    {
        values[place] = string.Join(between, targets.Select(line));
        foreach (var group in targets.GroupBy(target => target.Service))
        {
            var name = group.Key.ToUpperInvariant().Replace('-', '_');
            values[$"{place}_{name}"] = string.Join(between, group.Select(line));
        }
    }

    /// <summary>The text with its places filled in.</summary>
    public string Fill(IReadOnlyDictionary<string, string> values) => values.Aggregate(
        Text, (text, value) => text.Replace("${" + value.Key + "}", value.Value, StringComparison.Ordinal));
}
