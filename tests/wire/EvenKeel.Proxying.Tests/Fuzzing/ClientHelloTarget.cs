using System.Runtime.Versioning;
using System.Text;
using EvenKeel.Fuzzing;
using EvenKeel.Proxying.ClientHellos;
using EvenKeel.Proxying.Tests.ClientHellos;

namespace EvenKeel.Proxying.Tests.Fuzzing;

/// <summary>
/// ClientHellos in any records: a beginning decides nothing that the whole denies, and a hello made of the name that was read has that name.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ClientHelloTarget() : FuzzTarget("client-hellos")
{
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        HelloBytes.Record(HelloBytes.Typical("a.example")),
        HelloBytes.Records(HelloBytes.Typical("b.example"), 100),
        HelloBytes.Record(HelloBytes.Message(HelloBytes.Body(null))),
        HelloBytes.Records(HelloBytes.Message(HelloBytes.Body(HelloBytes.Name("d.example"))), 1),
    ];

    public override byte[] Spice { get; } = [0, 1, 2, 3, 16, 22, 0xFF, (byte)'a', (byte)'.'];

    public override string Run(byte[] input, Random random)
    {
        var (begun, early) = Parse(input.AsSpan(0, random.Next(input.Length + 1)));
        var (status, name) = Parse(input);
        Assert.True(begun == ClientHelloStatus.Incomplete || (begun == status && early == name), Convert.ToHexString(input));
        if (status == ClientHelloStatus.Complete && name.Length > 0)
        {
            Assert.Equal((status, name), Parse(HelloBytes.Records(HelloBytes.Typical(name), random.Next(1, 50))));
        }

        return $"{status}{(name.Length > 0 ? " named" : "")}";
    }

    private (ClientHelloStatus Status, string Name) Parse(ReadOnlySpan<byte> bytes)
    {
        Span<byte> name = stackalloc byte[ClientHelloParser.MaxName];
        ClientHelloStatus status = ClientHelloParser.Parse(Memory.Place(bytes), name, out int length);
        return (status, status == ClientHelloStatus.Complete ? Encoding.ASCII.GetString(name[..length]) : "");
    }
}
