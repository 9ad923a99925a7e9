namespace Albums.Model;

/// <summary>What an album must be.</summary>
internal static class AlbumRules
{
    public const int MaxIdLength = 64;
    public const int MaxTextLength = 200;
    public const double MaxPrice = 1_000_000;

    /// <summary>Checks a draft.</summary>
    /// <returns>The messages by field; empty when it may be stored.</returns>
    public static Dictionary<string, string[]> Check(AlbumDraft draft)
    {
        var errors = new Dictionary<string, string[]>();
        if (!string.IsNullOrEmpty(draft.Id) && !IsId(draft.Id))
        {
            errors["id"] = [$"An id has at most {MaxIdLength} characters of A-Z a-z 0-9 . _ -"];
        }

        CheckText(errors, "title", draft.Title, "A title is required.");
        CheckText(errors, "artist", draft.Artist, "An artist is required.");
        if (draft.Price is not { } price)
        {
            errors["price"] = ["A price is required."];
        }
        else if (!double.IsFinite(price) || price < 0 || price > MaxPrice)
        {
            errors["price"] = [$"A price is a number from 0 to {MaxPrice}."];
        }

        return errors;
    }

    /// <summary>True for 1 to 64 characters that need no escaping in a path.</summary>
    public static bool IsId(string id) =>
        id.Length is > 0 and <= MaxIdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static void CheckText(Dictionary<string, string[]> errors, string field, string? text, string missing)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            errors[field] = [missing];
        }
        else if (text.Length > MaxTextLength)
        {
            errors[field] = [$"The {field} has at most {MaxTextLength} characters."];
        }
        else if (text.Contains('\0', StringComparison.Ordinal))
        {
            errors[field] = [$"The {field} contains a null character, which not every store can keep."];
        }
    }
}
