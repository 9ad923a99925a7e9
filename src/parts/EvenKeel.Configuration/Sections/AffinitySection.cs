using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>What keeps a client on its instance.</summary>
internal static class AffinitySection
{
    /// <summary>What becomes of a client whose instance cannot serve it.</summary>
    public static readonly Key<bool> Gone = Key.Optional("gone", new WordSchema<bool>(("replace", false), ("refuse", true)), false,
        "What becomes of a client whose instance is gone, not well or full: it gets another one, or 503.", "onLost", "fallback");

    private static readonly Key<string> Cookie = Key.Absent("cookie",
        new TextSchema("a cookie's name of letters, digits, '_', '-' and '.'", "^[A-Za-z0-9_.-]{1,64}$") { ShortType = "cookie name" },
        "`__ek`", "The name of the cookie that keeps a client on its instance.");

    private static readonly Key<string> Header = Key.Absent("header",
        new TextSchema("a field name such as X-Instance, and none of X-Forwarded-* and X-EvenKeel-*",
            "^[Xx]-(?![Ff]orwarded-|[Ee]ven[Kk]eel-)[A-Za-z0-9-]{1,64}$") { ShortType = "field name such as `X-Instance`" },
        "a cookie", "A header field instead: the response has it, and a client that sends it back stays on its instance.");

    public static readonly ObjectSchema<AffinityChoice> Schema = new(
        "affinity", "Keeps a client on its instance while that instance is there.", [Cookie, Header, Gone],
        values => new AffinityChoice(values.Find(Header) is null ? values.Find(Cookie) ?? "__ek" : null, values.Find(Header), values.Get(Gone)))
    {
        Check = values => values.RefuseBoth(Cookie, Header, "one of the two carries the instance"),
    };
}
