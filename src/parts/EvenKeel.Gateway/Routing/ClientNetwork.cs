using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EvenKeel.Gateway.Routing;

/// <summary>A network of clients, of either family. An IPv4 address counts as the IPv6 address that maps it (RFC 4291, 2.5.5.2).</summary>
internal readonly struct ClientNetwork
{
    private readonly UInt128 _base;
    private readonly UInt128 _mask;

    /// <summary>Compiles a network.</summary>
    public ClientNetwork(IPNetwork network)
    {
        var length = network.PrefixLength + (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 96 : 0);
        _mask = length == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - length);
        _base = BitsOf(network.BaseAddress) & _mask;
    }

    /// <summary>An address as a number.</summary>
    public static UInt128 BitsOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>True when the network has an address.</summary>
    public bool Contains(UInt128 address) => (address & _mask) == _base;
}
