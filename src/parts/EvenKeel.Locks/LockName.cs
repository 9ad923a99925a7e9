using System.Buffers;

namespace EvenKeel.Locks;

/// <summary>What a lock may be called. The letters are those that need no quoting in a key, a channel or a log.</summary>
internal static class LockName
{
    public const int MaxLength = 200;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/-");

    public static void Check(string name, string what = "lock", int most = MaxLength)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.Length > most)
        {
            throw new ArgumentException($"The name of a {what} has 1 to {most} characters, not {name.Length}.", nameof(name));
        }

        int wrong = name.AsSpan().IndexOfAnyExcept(Allowed);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"The name of a {what} has U+{(int)name[wrong]:X4} at position {wrong}; letters and digits of ASCII and . _ : / - are allowed.", nameof(name));
        }
    }
}
