using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>How a route chooses an endpoint: a word, or a policy that hashes with its settings.</summary>
internal static class BalanceSection
{
    private static readonly Key<string> Header = Key.Absent("header",
        new TextSchema("the name of a header field", "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$") { ShortType = "field name" },
        "not by a header", "The value of this header field.");

    private static readonly Key<string> Cookie = Key.Absent("cookie",
        new TextSchema("the name of a cookie", "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$") { ShortType = "cookie name" },
        "not by a cookie", "The value of this cookie.");

    private static readonly Key<string> Query = Key.Absent("query",
        new TextSchema("the name of a query parameter", "^[.~_0-9A-Za-z-]{1,256}$") { ShortType = "parameter name" },
        "not by the query", "The value of this query parameter.", "param", "parameter");

    private static readonly Key[] Names = [Header, Cookie, Query];

    private static readonly ObjectSchema<(HashKeySource By, string Name)> Named = new(
        "hash", "What is hashed. Requests without it are balanced by chance.", [Header, Cookie, Query],
        values => values.Find(Header) is { } header ? (HashKeySource.Header, header)
            : values.Find(Cookie) is { } cookie ? (HashKeySource.Cookie, cookie) : (HashKeySource.Query, values.Find(Query)!))
    {
        Check = values => RequireOne(values, Names, "one thing is hashed", "'by' does not say what is hashed", "add 'header', 'cookie' or 'query'"),
        Alternatives = [[[Header], [Cookie], [Query]]],
    };

    private static readonly Key<(HashKeySource By, string Name)> By = Key.Optional("by",
        new ShapeSchema<(HashKeySource By, string Name)>
        {
            Single = new WordSchema<(HashKeySource By, string Name)>(("client", (HashKeySource.Client, "")), ("path", (HashKeySource.Path, ""))),
            Map = Named,
        },
        (HashKeySource.Client, ""), "What is hashed: the client's address, the path, or a header field, cookie or query parameter.", "key", "hash", "on");

    private static readonly Key<int> BoundedLoad = Key.Absent("boundedLoad", new WholeNumberSchema<int>(101, 1000), "no bound",
        "The most requests in flight at an instance, in percent of an even share; beyond, a key goes on to the next. Often 125.");

    private static readonly Key<int> VirtualNodes = Key.Optional("virtualNodes", new WholeNumberSchema<int>(1, 1000),
        new HashOptions().VirtualNodes, "Points on the ring for each unit of weight. More spread keys more evenly.", "points", "replicas");

    private static readonly Key<BalanceChoice> Ring = Hash(
        BalancePolicy.Ring, "ring", "A consistent hash ring.", By, BoundedLoad, VirtualNodes, AffinitySection.Gone);

    private static readonly Key<BalanceChoice> Maglev = Hash(
        BalancePolicy.Maglev, "maglev", "A Maglev table: shares are nearly equal, and a few keys more than necessary move.", By, BoundedLoad,
        AffinitySection.Gone);

    private static readonly Key<BalanceChoice> Rendezvous = Hash(
        BalancePolicy.Rendezvous, "rendezvous", "Rendezvous hashing: an exact spread; each choice looks at all instances.", By, AffinitySection.Gone);

    private static readonly Key[] Policies = [Ring, Maglev, Rendezvous];

    public static readonly ShapeSchema<BalanceChoice> Schema = new()
    {
        Single = new WordSchema<BalanceChoice>(
            Word("p2c", BalancePolicy.PowerOfTwo), Word("round-robin", BalancePolicy.RoundRobin), Word("weighted", BalancePolicy.Weighted),
            Word("least-connections", BalancePolicy.LeastConnections), Word("least-time", BalancePolicy.LeastTime), Word("random", BalancePolicy.Random),
            Word("nearest", BalancePolicy.Nearest),
            Word("source-hash", BalancePolicy.SourceHash), Word("ring", BalancePolicy.Ring), Word("maglev", BalancePolicy.Maglev),
            Word("rendezvous", BalancePolicy.Rendezvous)),
        Map = new ObjectSchema<BalanceChoice>(
            "balance", "A policy that hashes, with its settings: equal keys go to the same instance while it can serve.", [Ring, Maglev, Rendezvous],
            values => values.Find(Ring) ?? values.Find(Maglev) ?? values.Find(Rendezvous)!)
        {
            Check = values => RequireOne(
                values, Policies, "a route has one policy", "'balance' does not name a policy", "add 'ring', 'maglev' or 'rendezvous'"),
            Alternatives = [[[Ring], [Maglev], [Rendezvous]]],
        },
    };

    private static (string Word, BalanceChoice Value) Word(string word, BalancePolicy policy) => (word, new BalanceChoice(policy, new HashOptions()));

    private static Key<BalanceChoice> Hash(BalancePolicy policy, string name, string description, params IReadOnlyList<Key> keys)
        => Key.Absent(name, new ObjectSchema<BalanceChoice>(name, description, keys, values => new BalanceChoice(policy, new HashOptions
        {
            By = values.Get(By).By,
            Name = values.Get(By).Name,
            BoundedLoad = keys.Contains(BoundedLoad) ? values.FindValue(BoundedLoad) ?? 0 : 0,
            Refuses = values.Get(AffinitySection.Gone),
            VirtualNodes = keys.Contains(VirtualNodes) ? values.Get(VirtualNodes) : VirtualNodes.Default,
        }))
        {
            Check = values =>
            {
                if (values.TryGet(AffinitySection.Gone, out var refuses) && refuses)
                {
                    values.RefuseBoth(BoundedLoad, AffinitySection.Gone, "with 'gone: refuse' a key never goes on to another instance");
                }
            },
        }, "another policy", description);

    private static void RequireOne(KeyValues values, Key[] keys, string why, string missing, string advice)
    {
        var given = keys.Where(values.Has).ToList();
        if (given.Count > 1)
        {
            values.RefuseBoth(given[0], given[1], why);
        }
        else if (given.Count == 0)
        {
            values.FailMissing(missing, advice);
        }
    }
}
