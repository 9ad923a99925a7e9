using System.Text.RegularExpressions;

namespace EvenKeel.Locks;

/// <summary>What keeps the locks of different systems on one server apart.</summary>
internal static partial class Prefixes
{
    public static void Check(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0)
        {
            LockName.Check(prefix, "prefix of locks", 100);
        }
    }

    /// <summary>A schema's name goes into statements as it is.</summary>
    public static void CheckSchema(string schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (!Schema().IsMatch(schema))
        {
            throw new ArgumentException($"'{schema}' is no schema for locks: 1 to 40 small letters, digits and underscores, not beginning with a digit.", nameof(schema));
        }
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,39}$")]
    private static partial Regex Schema();
}
