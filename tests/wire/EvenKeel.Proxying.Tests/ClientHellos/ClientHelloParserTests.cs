using System.Text;
using EvenKeel.Proxying.ClientHellos;

namespace EvenKeel.Proxying.Tests.ClientHellos;

public sealed class ClientHelloParserTests
{
    [Theory]
    [InlineData("a.example", "a.example")]
    [InlineData("A.Example", "a.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void The_name_is_found_in_lower_case_among_GREASE_and_an_outer_hello(string host, string expected)
        => Assert.Equal((ClientHelloStatus.Complete, expected), Read(HelloBytes.Record(HelloBytes.Typical(host))));

    [Fact]
    public void A_client_may_name_no_server_or_send_no_extensions()
    {
        Assert.Equal((ClientHelloStatus.Complete, ""), Read(HelloBytes.Record(HelloBytes.Message(HelloBytes.Body(HelloBytes.Extension(51, 1))))));
        Assert.Equal((ClientHelloStatus.Complete, ""), Read(HelloBytes.Record(HelloBytes.Message(HelloBytes.Body(null)))));
        Assert.Equal((ClientHelloStatus.Complete, ""), Read(HelloBytes.Record(HelloBytes.Message(HelloBytes.Body()))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(1000)]
    public void A_message_may_come_in_several_records(int size)
        => Assert.Equal((ClientHelloStatus.Complete, "b.example"), Read(HelloBytes.Records(HelloBytes.Typical("b.example"), size)));

    [Theory]
    [InlineData(20)]
    [InlineData(5000)]
    public void Every_beginning_is_incomplete(int size)
    {
        byte[] bytes = HelloBytes.Records(HelloBytes.Typical("c.example"), size);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal((ClientHelloStatus.Incomplete, ""), Read(bytes.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("a.example.")]
    [InlineData("b\u00fccher.example")]
    public void A_name_of_other_characters_is_invalid(string host)
        => Assert.Equal(ClientHelloStatus.Invalid, Read(HelloBytes.Record(HelloBytes.Typical(host))).Status);

    [Fact]
    public void A_name_has_at_most_255_characters()
    {
        string longest = new('a', 255);
        Assert.Equal((ClientHelloStatus.Complete, longest), Read(HelloBytes.Record(HelloBytes.Typical(longest))));
        Assert.Equal(ClientHelloStatus.Invalid, Read(HelloBytes.Record(HelloBytes.Typical(longest + "a"))).Status);
    }

    [Fact]
    public void What_two_readers_could_read_differently_is_invalid()
    {
        byte[] two = HelloBytes.Vector2([0, .. HelloBytes.Vector2((byte)'a'), 0, .. HelloBytes.Vector2((byte)'b')]);
        byte[][] bodies =
        [
            HelloBytes.Body([.. HelloBytes.Name("a.example"), .. HelloBytes.Name("b.example")]),
            HelloBytes.Body(HelloBytes.Extension(0, two)),
            HelloBytes.Body(HelloBytes.Extension(0, HelloBytes.Vector2(1, 0, 1, 65))),
            HelloBytes.Body(HelloBytes.Extension(0, HelloBytes.Vector2())),
            HelloBytes.Body(HelloBytes.Extension(0, [.. HelloBytes.Vector2([0, .. HelloBytes.Vector2((byte)'a')]), 0])),
            [.. HelloBytes.Body(HelloBytes.Name("a.example")), 0],
            HelloBytes.Body([.. HelloBytes.Name("a.example"), 0, 51, 0, 9]),
            HelloBytes.Body([.. HelloBytes.Name("a.example"), 0]),
        ];
        Assert.All(bodies, body => Assert.Equal((ClientHelloStatus.Invalid, ""), Read(HelloBytes.Record(HelloBytes.Message(body)))));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'G' })]
    [InlineData(new byte[] { 22, 2 })]
    [InlineData(new byte[] { 22, 3, 1, 0, 0 })]
    [InlineData(new byte[] { 22, 3, 1, 0x40, 1 })]
    [InlineData(new byte[] { 22, 3, 1, 0, 5, 2 })]
    [InlineData(new byte[] { 0x80, 0x2E, 1 })]
    public void What_is_not_TLS_is_invalid_as_soon_as_a_byte_shows_it(byte[] bytes) => Assert.Equal(ClientHelloStatus.Invalid, Read(bytes).Status);

    [Fact]
    public void A_record_that_claims_more_than_the_hello_needs_is_read_alike_however_much_of_it_has_arrived()
    {
        byte[] bytes = HelloBytes.Record([.. HelloBytes.Typical("a.example"), .. new byte[100]]);
        bytes[3] = 0x40;
        bytes[4] = 0;
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Contains(Read(bytes.AsSpan(0, length)).Status, new[] { ClientHelloStatus.Incomplete, ClientHelloStatus.Complete });
        }

        Assert.Equal((ClientHelloStatus.Complete, "a.example"), Read(bytes));
    }

    [Fact]
    public void A_longer_hello_is_refused_before_it_has_arrived()
    {
        Assert.Equal(ClientHelloStatus.TooLong, Read([22, 3, 1, 0x40, 0, 1, 1, 0, 0]).Status);
        Assert.Equal(ClientHelloStatus.TooLong, Read(HelloBytes.Records(HelloBytes.Message(new byte[16_000]), 1).AsSpan(0, 20_000)).Status);
        byte[] longest = HelloBytes.Message(HelloBytes.Body(HelloBytes.Extension(21, new byte[16_384 - 5 - 4 - 2 - 32 - 33 - 6 - 2 - 2 - 4])));
        Assert.Equal(16_384 - 5, longest.Length);
        Assert.Equal(ClientHelloStatus.Complete, Read(HelloBytes.Record(longest)).Status);
    }

    private static (ClientHelloStatus Status, string Name) Read(ReadOnlySpan<byte> bytes)
    {
        var name = new byte[ClientHelloParser.MaxName];
        ClientHelloStatus status = ClientHelloParser.Parse(bytes, name, out int length);
        return (status, status == ClientHelloStatus.Complete ? Encoding.ASCII.GetString(name, 0, length) : "");
    }
}
