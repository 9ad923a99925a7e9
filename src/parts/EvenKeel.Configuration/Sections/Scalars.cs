using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>The kinds of values that several sections share.</summary>
internal static class Scalars
{
    /// <summary>The longest duration anywhere in the file.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public static readonly DurationSchema Positive = new(TimeSpan.FromMilliseconds(1), Day);

    public static readonly DurationSchema ZeroOrMore = new(TimeSpan.Zero, Day);

    public static readonly BooleanSchema Boolean = new();

    public static readonly TextSchema Text = new("text");

    /// <summary>Text as environments and headers take it: numbers and booleans need no quotes there.</summary>
    public static readonly TextSchema AnyText = new("text") { TakesAnyScalar = true };

    /// <summary>The same, where servers of a kind may be referred to.</summary>
    public static readonly TextSchema ReferringText = new("text") { TakesAnyScalar = true, HoldsReferences = true };

    public static readonly TextSchema Name = new("a name of letters, digits and dashes, 1 to 40 characters",
        "^[A-Za-z0-9][A-Za-z0-9-]{0,39}$") { ShortType = "name" };

    public static readonly TextSchema RequestPath = new("a path such as /readyz", "^/[!-~]*$")
    {
        ShortType = "path such as `/readyz`",
        Help = "a path begins with '/' and has no spaces",
    };

    public static readonly TextSchema Pointer = new("a JSON pointer such as /id", JsonPointerText.Pattern)
    {
        Code = DiagnosticCodes.BadPointer,
        Help = "each step begins with '/'; '' is the whole document; '~' is written ~0 and '/' inside a name ~1",
        ShortType = "[JSON pointer](#json-pointers)",
    };

    public static readonly WholeNumberSchema<int> Port = new(1, 65535);
}
