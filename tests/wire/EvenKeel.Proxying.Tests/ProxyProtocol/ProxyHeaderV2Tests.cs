using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Proxying.Tests.ProxyProtocol;

public sealed class ProxyHeaderV2Tests
{
    [Fact]
    public void A_header_gives_the_addresses_and_skips_what_it_does_not_know()
    {
        byte[] header = HeaderBytes.V2(0x21, 0x11, [.. HeaderBytes.V4Addresses, .. HeaderBytes.Tlv(0xEE, 1, 2, 3)]);
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse([.. header, 1, 2], out ProxyHeader found));
        Assert.Equal(("192.0.2.1:12345", "198.51.100.7:443"), (found.Source?.ToString(), found.Destination?.ToString()));
        Assert.Equal((ProxyVersion.V2, header.Length, false), (found.Version, found.Length, found.IsLocal));
    }

    [Fact]
    public void A_local_block_is_skipped_whole_whatever_it_holds()
    {
        byte[] header = HeaderBytes.V2(0x20, 0xFF, 1, 2, 3);
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse(header, out ProxyHeader found));
        Assert.Equal((true, null, 19), (found.IsLocal, found.Source, found.Length));
    }

    [Theory]
    [InlineData(0x00, 0)]
    [InlineData(0x12, 12)]
    [InlineData(0x22, 36)]
    [InlineData(0x31, 216)]
    [InlineData(0x32, 216)]
    public void Other_families_leave_the_connections_own_addresses(byte family, int length)
    {
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse(HeaderBytes.V2(0x21, family, new byte[length]), out ProxyHeader found));
        Assert.Equal((null, false), (found.Source, found.IsLocal));
    }

    [Theory]
    [InlineData(0x11, 0x11, 12)]
    [InlineData(0x22, 0x11, 12)]
    [InlineData(0x2F, 0x11, 12)]
    [InlineData(0x21, 0x41, 12)]
    [InlineData(0x21, 0x13, 12)]
    [InlineData(0x21, 0x11, 11)]
    [InlineData(0x21, 0x21, 35)]
    [InlineData(0x21, 0x31, 215)]
    [InlineData(0x21, 0x11, 13)]
    [InlineData(0x21, 0x11, 14)]
    [InlineData(0x21, 0x11, 4096 - 16 + 1)]
    public void What_the_specification_does_not_assign_is_invalid(byte command, byte family, int length)
        => Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeaderParser.Parse(HeaderBytes.V2(command, family, new byte[length]), out _));

    [Fact]
    public void A_TLV_beyond_the_end_is_invalid()
    {
        byte[] header = HeaderBytes.V2(0x21, 0x11, [.. HeaderBytes.V4Addresses, 0x04, 0, 2, 9]);
        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeaderParser.Parse([.. header, 1, 2], out _));
    }

    [Fact]
    public void A_checksum_is_checked_over_every_byte()
    {
        byte[] header = HeaderBytes.Checked();
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse(header, out _));
        for (int i = 16; i < header.Length; i++)
        {
            byte[] damaged = [.. header];
            damaged[i] ^= 0x40;
            ProxyHeaderStatus status = ProxyHeaderParser.Parse(damaged, out _);

            // A checksum whose type was changed is none any more.
            Assert.Equal(i == header.Length - 7 ? ProxyHeaderStatus.Complete : ProxyHeaderStatus.Invalid, status);
        }
    }

    [Fact]
    public void Every_beginning_is_incomplete_and_a_wrong_byte_of_the_signature_is_seen_at_once()
    {
        byte[] header = HeaderBytes.Checked();
        for (int length = 0; length < header.Length; length++)
        {
            Assert.Equal(ProxyHeaderStatus.Incomplete, ProxyHeaderParser.Parse(header.AsSpan(0, length), out _));
        }

        for (int i = 0; i < 12; i++)
        {
            byte[] damaged = [.. header];
            damaged[i] ^= 1;
            Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeaderParser.Parse(damaged.AsSpan(0, i + 1), out _));
        }
    }
}
