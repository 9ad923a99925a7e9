using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Regions;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>
/// A service's endpoints as they stood at one version of the service, sorted by what they may get, with the tables of the policy. A choice still
/// looks whether its endpoint may have the request: how full it is changes without a new version.
/// </summary>
internal sealed class CandidateSet
{
    private CandidateSet(int version, uint turn, EndpointState[] members, BalancePolicy policy, HashOptions hash, CandidateSet? before, RegionMap? regions)
    {
        Version = version;
        Members = members;
        bool weighted = policy == BalancePolicy.Weighted;
        EndpointState[] well = Array.FindAll(members, endpoint => endpoint.IsWell);
        EndpointState[] known = Array.FindAll(members, endpoint => endpoint.IsKnown);
        Well = new CandidateGroup(well, turn, weighted);
        Known = well.AsSpan().SequenceEqual(known) ? Well : new CandidateGroup(known, turn, weighted);
        Ejected = Array.FindAll(members, endpoint => endpoint.IsEjected);
        Nodes = Array.ConvertAll(members, member => new HashNode(member.NameHash, member.Weight));
        Regions = regions is null || policy != BalancePolicy.Nearest ? null : new RegionGroups(regions, members, turn);
        bool same = before is not null && before.Nodes.AsSpan().SequenceEqual(Nodes);

        // Endpoints for which no table is large enough are hashed without one.
        bool ringed = policy == BalancePolicy.Ring && Nodes.Length > 0 && Nodes.Sum(node => (long)node.Weight) <= HashRing.MaxPoints;
        bool tabled = policy == BalancePolicy.Maglev && Nodes.Length is > 0 and <= MaglevTable.MaxNodes;
        Ring = !ringed ? null : same ? before!.Ring : HashRing.Create(Nodes, hash.VirtualNodes);
        Maglev = !tabled ? null : same ? before!.Maglev : new MaglevTable(Nodes);
    }

    /// <summary>The version that it was made at.</summary>
    public int Version { get; }

    /// <summary>All endpoints by name, draining ones included.</summary>
    public EndpointState[] Members { get; }

    /// <summary>Those that nothing speaks against.</summary>
    public CandidateGroup Well { get; }

    /// <summary>Those that may get a request in a panic.</summary>
    public CandidateGroup Known { get; }

    /// <summary>Those that wait for a trial.</summary>
    public EndpointState[] Ejected { get; }

    /// <summary>The members as hashing sees them, by whose positions tables name owners.</summary>
    public HashNode[] Nodes { get; }

    /// <summary>The members by region, or null.</summary>
    public RegionGroups? Regions { get; }

    /// <summary>The ring over all members, or null.</summary>
    public HashRing? Ring { get; }

    /// <summary>The Maglev table over all members, or null.</summary>
    public MaglevTable? Maglev { get; }

    /// <summary>The member that has a key in the table; there has to be one.</summary>
    public int OwnerOf(ulong key) => Ring is { } ring ? ring.Owner((uint)(key >> 32)) : Maglev!.Owner(key);

    /// <summary>The number of a key's place in the table.</summary>
    public int PlaceOf(ulong key) => Ring is { } ring ? ring.Find((uint)(key >> 32)) : Maglev!.Slot(key);

    /// <summary>The member that has a place, or a later one: they go round.</summary>
    public int OwnerAt(int place) => Ring is { } ring ? ring.OwnerOf(place) : Maglev!.OwnerOf(place);

    /// <summary>Makes the set of a service. Tables depend on members and weights only and are taken over from the set before when these are the same.</summary>
    public static CandidateSet Create(
        int version, uint turn, IEnumerable<EndpointState> members, BalancePolicy policy, HashOptions hash, CandidateSet? before,
        RegionMap? regions = null)
        => new(version, turn, [.. members.OrderBy(member => member.Name, StringComparer.Ordinal)], policy, hash, before, regions);
}
