using System.Runtime.Versioning;
using EvenKeel.Fuzzing;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.Proxying.Tests.ProxyProtocol;

namespace EvenKeel.Proxying.Tests.Fuzzing;

/// <summary>Headers of both versions: a beginning decides nothing that the whole denies, and what was read means the same when it is written anew.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ProxyHeaderTarget() : FuzzTarget("proxy-headers")
{
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        "PROXY TCP4 192.0.2.1 198.51.100.7 12345 443\r\n"u8.ToArray(),
        "PROXY TCP6 2001:db8::1 ::ffff:192.0.2.1 12345 443\r\nGET"u8.ToArray(),
        "PROXY UNKNOWN some thing\r\n"u8.ToArray(),
        HeaderBytes.Checked(),
        HeaderBytes.V2(0x21, 0x21, [.. new byte[36], .. HeaderBytes.Tlv(2, 65, 66)]),
        HeaderBytes.V2(0x20, 0, 1, 2, 3),
    ];

    public override byte[] Spice { get; } = "\r\n 0123456789.:abcTP!\0"u8.ToArray();

    public override string Run(byte[] input, Random random)
    {
        ProxyHeaderStatus begun = ProxyHeaderParser.Parse(Memory.Place(input.AsSpan(0, random.Next(input.Length + 1))), out ProxyHeader early);
        ProxyHeaderStatus status = ProxyHeaderParser.Parse(Memory.Place(input), out ProxyHeader header);
        Assert.True(begun == ProxyHeaderStatus.Incomplete || (begun == status && early == header), Convert.ToHexString(input));
        if (status == ProxyHeaderStatus.Complete && header.Source is not null)
        {
            Span<byte> again = stackalloc byte[ProxyHeaderWriter.MaxLength];
            int length = ProxyHeaderWriter.Write(header.Version, header.Source, header.Destination!, again);
            Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse(Memory.Place(again[..length]), out ProxyHeader read));
            Assert.Equal(length, read.Length);
            Assert.Equal((header.Source.Address.MapToIPv6(), header.Source.Port), (read.Source!.Address.MapToIPv6(), read.Source.Port));
            Assert.Equal(
                (header.Destination!.Address.MapToIPv6(), header.Destination.Port), (read.Destination!.Address.MapToIPv6(), read.Destination.Port));
        }

        return $"{status} {header.Version} {header.Source?.AddressFamily} {(header.IsLocal ? "local" : "")}".TrimEnd();
    }
}
