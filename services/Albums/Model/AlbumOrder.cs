namespace Albums.Model;

/// <summary>The order of a list in every store: ids that are numbers by their value, then all others by their characters.</summary>
internal sealed class AlbumOrder : IComparer<Album>
{
    public static AlbumOrder Instance { get; } = new();

    /// <summary>The albums in this order.</summary>
    public static IReadOnlyList<Album> Sort(IEnumerable<Album> albums) => [.. albums.Order(Instance)];

    public int Compare(Album? left, Album? right)
    {
        string one = left?.Id ?? "";
        string other = right?.Id ?? "";
        bool oneIsNumber = IsNumber(one);
        if (oneIsNumber != IsNumber(other))
        {
            return oneIsNumber ? -1 : 1;
        }

        int order = oneIsNumber ? CompareNumbers(one, other) : 0;
        return order != 0 ? order : string.CompareOrdinal(one, other);
    }

    private static bool IsNumber(string id) => id.Length > 0 && id.All(char.IsAsciiDigit);

    /// <summary>Ids have up to 64 digits, more than any integer type holds: without leading zeros the longer one is greater.</summary>
    private static int CompareNumbers(string one, string other)
    {
        string a = one.TrimStart('0');
        string b = other.TrimStart('0');
        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b);
    }
}
