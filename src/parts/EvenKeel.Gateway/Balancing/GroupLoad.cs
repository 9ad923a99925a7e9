using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Balancing;

/// <summary>
/// The requests in flight at the endpoints of a group, added up anew after so many choices that it costs each of them the same whatever the number
/// of endpoints. In between an even share is wrong by a sixteenth of a request for what has begun, and by as much as has ended. A counter of
/// the service would be exact, and every request of every policy would pay for it. Any loop may ask at any time.
/// </summary>
internal sealed class GroupLoad
{
    // Endpoints that are looked at for each choice.
    private const int Share = 16;

    private readonly EndpointState[] _endpoints;
    private readonly uint _period;

    // The turn at which it was added up, above the sum.
    private ulong _sum;

    /// <summary>Makes one that knows nothing yet.</summary>
    public GroupLoad(EndpointState[] endpoints)
    {
        _endpoints = endpoints;
        _period = (uint)(endpoints.Length / Share);
        _sum = uint.MaxValue;
        foreach (EndpointState endpoint in endpoints)
        {
            Weights += endpoint.Weight;
        }
    }

    /// <summary>The weights of all.</summary>
    public long Weights { get; }

    /// <summary>Reads the sum.</summary>
    /// <param name="turn">The number of the choice.</param>
    /// <param name="total">The requests in flight, the one to be placed included.</param>
    /// <returns>False when the endpoints are so few that whoever asks had better add up himself.</returns>
    public bool TryRead(uint turn, out int total)
    {
        total = 0;
        if (_period < 2)
        {
            return false;
        }

        ulong sum = Volatile.Read(ref _sum);
        if ((uint)sum != uint.MaxValue && unchecked(turn - (uint)(sum >> 32)) < _period)
        {
            total = (int)(uint)sum + 1;
            return true;
        }

        // Two loops may add up at the same time: either sum will do.
        foreach (EndpointState endpoint in _endpoints)
        {
            total += endpoint.InFlight;
        }

        Volatile.Write(ref _sum, ((ulong)turn << 32) | (uint)total);
        total++;
        return true;
    }
}
