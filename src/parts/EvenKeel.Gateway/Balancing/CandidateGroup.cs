using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Balancing;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>Endpoints that a policy chooses from, with what it looks up of them. Never changed once made, but for <see cref="LastTurns"/>.</summary>
internal sealed class CandidateGroup
{
    /// <summary>Makes a group.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="turn">The number of the choice that is next: those from before look as old as each other.</param>
    /// <param name="weighted">True to make the sequence of weighted turns.</param>
    public CandidateGroup(EndpointState[] endpoints, uint turn, bool weighted)
    {
        Endpoints = endpoints;
        Nodes = Array.ConvertAll(endpoints, endpoint => new HashNode(endpoint.NameHash, endpoint.Weight));
        LastTurns = new uint[endpoints.Length];
        Array.Fill(LastTurns, turn - 1);
        Load = new GroupLoad(endpoints);
        Sequence = weighted ? SmoothWeightedSequence.Create(Array.ConvertAll(Nodes, node => node.Weight)) : [];
    }

    /// <summary>The endpoints.</summary>
    public EndpointState[] Endpoints { get; }

    /// <summary>Each as hashing sees it.</summary>
    public HashNode[] Nodes { get; }

    /// <summary>The choice that took each last. Loops write it without care for each other: it only breaks ties.</summary>
    public uint[] LastTurns { get; }

    /// <summary>What is in flight at all of them.</summary>
    public GroupLoad Load { get; }

    /// <summary>Positions in weighted turns, or empty.</summary>
    public int[] Sequence { get; }
}
