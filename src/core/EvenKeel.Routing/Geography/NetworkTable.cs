namespace EvenKeel.Routing.Geography;

/// <summary>Networks and what belongs to them; the longest prefix that contains an address wins. Version 4 addresses are looked up as mapped ones.</summary>
public sealed class NetworkTable
{
    private readonly (UInt128 Mask, Dictionary<UInt128, int> Values)[] _lengths;

    /// <summary>Makes a table.</summary>
    /// <param name="networks">An address of each network, the length of its prefix, 0 to 128, and its value. Of equals the last one counts.</param>
    public NetworkTable(IEnumerable<(UInt128 Address, int Length, int Value)> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        _lengths = [.. networks.GroupBy(network => network.Length).OrderByDescending(group => group.Key).Select(group =>
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)group.Key, 128u, nameof(networks));
            UInt128 mask = group.Key == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - group.Key);
            var values = new Dictionary<UInt128, int>();
            foreach ((UInt128 address, _, int value) in group)
            {
                values[address & mask] = value;
            }

            return (mask, values);
        })];
    }

    /// <summary>The address of version 4 as version 6 writes it.</summary>
    public static UInt128 Mapped(uint address) => new(0, 0x0000_FFFF_0000_0000UL | address);

    /// <summary>Finds the value of the longest prefix. Allocates nothing.</summary>
    /// <param name="address">The address.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when no network contains the address.</returns>
    public bool TryFind(UInt128 address, out int value)
    {
        foreach ((UInt128 mask, Dictionary<UInt128, int> values) in _lengths)
        {
            if (values.TryGetValue(address & mask, out value))
            {
                return true;
            }
        }

        value = 0;
        return false;
    }
}
