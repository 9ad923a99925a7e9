using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Regions;
using EvenKeel.Routing.Geography;

namespace EvenKeel.Gateway.Balancing;

/// <summary>A service's endpoints by region, those in none behind all others, and how much of its load each region can take.</summary>
internal sealed class RegionGroups
{
    /// <summary>Sorts endpoints.</summary>
    /// <param name="regions">Where they are.</param>
    /// <param name="members">All endpoints of the service.</param>
    /// <param name="turn">The number of the choice that is next.</param>
    public RegionGroups(RegionMap regions, EndpointState[] members, uint turn)
    {
        Well = new CandidateGroup[regions.Count + 1];
        Known = new CandidateGroup[regions.Count + 1];
        Availability = new int[regions.Count];
        for (int i = 0; i <= regions.Count; i++)
        {
            EndpointState[] here = Array.FindAll(members, member => regions.RegionOf(member) == i);
            Well[i] = new CandidateGroup(Array.FindAll(here, endpoint => endpoint.IsWell), turn, weighted: false);
            Known[i] = new CandidateGroup(Array.FindAll(here, endpoint => endpoint.IsKnown), turn, weighted: false);
            if (i < regions.Count)
            {
                Availability[i] = Overprovisioning.Availability(Well[i].Endpoints.Length, here.Length);
            }
        }
    }

    /// <summary>Those that nothing speaks against, by region.</summary>
    public CandidateGroup[] Well { get; }

    /// <summary>Those that may get a request in a panic, by region.</summary>
    public CandidateGroup[] Known { get; }

    /// <summary>How much each region can take, in percent of its own load.</summary>
    public int[] Availability { get; }

    /// <summary>True when the regions that are well can carry everything: then there is no reason for panic.</summary>
    public bool CanCarryAll => Availability.Sum() >= 100;
}
