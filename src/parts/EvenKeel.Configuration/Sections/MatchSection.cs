using System.Net;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>Conditions of a route besides host and path.</summary>
internal static class MatchSection
{
    private const string Token = "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$";

    private static readonly TextSchema MethodSchema = new("a method in capitals such as GET", "^[A-Z][A-Z0-9_-]{0,31}$") { ShortType = "method such as `GET`" };

    private static readonly Key<IReadOnlyList<string>> Method = Key.Absent("method", new OneOrMoreSchema<string>(MethodSchema, "methods", 50),
        "every method", "The methods that match. GET does not include HEAD.", "methods", "verb");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, ValueMatch>>> Headers = Named(
        "headers", "header fields", "the name of a header field", Token, "Header fields, in whatever case their names are. Of a repeated field one line has to match.",
        "header");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, ValueMatch>>> Query = Named(
        "query", "query parameters", "the name of a query parameter", "^.{1,256}$", "Query parameters, compared after decoding.", "params", "queryParameters");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, ValueMatch>>> Cookies = Named(
        "cookies", "cookies", "the name of a cookie", Token, "Cookies.", "cookie");

    private static readonly Key<IReadOnlyList<IPNetwork>> Client = Key.Absent("client", new OneOrMoreSchema<IPNetwork>(new NetworkSchema(), "networks", 1000),
        "every client", "Networks, one of which has the client's address.", "clients", "source", "ip");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, string>>> Body = Key.Absent("body",
        new MapSchema<string>(Scalars.AnyText, "JSON pointers", "a JSON pointer such as /kind", JsonPointerText.Pattern, 1, 16),
        "every body", "[JSON pointers](#json-pointers) into the body and the values there. The body is held for it, up to `limits.inspect`.", "json");

    public static readonly ObjectSchema<MatchOptions> Schema = new(
        "match", "Conditions of a route besides host and path, all of which have to hold.", [Method, Headers, Query, Cookies, Client, Body],
        values => new MatchOptions
        {
            Methods = values.Find(Method) ?? [],
            Headers = Read(values, Headers),
            Query = Read(values, Query),
            Cookies = Read(values, Cookies),
            Clients = values.Find(Client) ?? [],
            Body = values.Find(Body) is { } body ? [.. body.Select(entry => new BodyMatch(entry.Key, entry.Value))] : [],
        });

    private static Key<IReadOnlyList<KeyValuePair<string, ValueMatch>>> Named(
        string name, string noun, string keyExpectation, string keyPattern, string description, params string[] synonyms) => Key.Absent(
            name, new MapSchema<ValueMatch>(ValueMatchSchema.Schema, noun, keyExpectation, keyPattern, 1, 32), "no condition", description, synonyms);

    private static IReadOnlyList<NamedMatch> Read(KeyValues values, Key<IReadOnlyList<KeyValuePair<string, ValueMatch>>> key) =>
        values.Find(key) is { } given ? [.. given.Select(entry => new NamedMatch(entry.Key, entry.Value.Kind, entry.Value.Value))] : [];
}
