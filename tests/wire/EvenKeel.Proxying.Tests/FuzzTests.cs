using System.Runtime.Versioning;
using System.Text;
using EvenKeel.Fuzzing;
using EvenKeel.Proxying.ClientHellos;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.Proxying.Tests.ClientHellos;
using EvenKeel.Proxying.Tests.ProxyProtocol;

namespace EvenKeel.Proxying.Tests;

/// <summary>
/// Random damage at the end of readable memory: no parser reads on, throws, or says of a beginning what the whole denies.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class FuzzTests : IDisposable
{
    private static readonly byte[][] Headers =
    [
        "PROXY TCP4 192.0.2.1 198.51.100.7 12345 443\r\n"u8.ToArray(),
        "PROXY TCP6 2001:db8::1 ::ffff:192.0.2.1 12345 443\r\nGET"u8.ToArray(),
        "PROXY UNKNOWN some thing\r\n"u8.ToArray(),
        HeaderBytes.Checked(),
        HeaderBytes.V2(0x21, 0x21, [.. new byte[36], .. HeaderBytes.Tlv(2, 65, 66)]),
        HeaderBytes.V2(0x20, 0, 1, 2, 3),
    ];

    private static readonly byte[][] Hellos =
    [
        HelloBytes.Record(HelloBytes.Typical("a.example")),
        HelloBytes.Records(HelloBytes.Typical("b.example"), 100),
        HelloBytes.Record(HelloBytes.Message(HelloBytes.Body(null))),
        HelloBytes.Records(HelloBytes.Message(HelloBytes.Body(HelloBytes.Name("d.example"))), 1),
    ];

    private readonly GuardedBuffer _memory = new(64 * 1024);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void The_guard_cannot_be_read()
    {
        string page = Assert.Single(
            File.ReadLines("/proc/self/maps"), line => line.StartsWith($"{_memory.Guard:x}-", StringComparison.Ordinal));
        Assert.Equal("---p", page.Split(' ')[1]);
    }

    [Fact]
    public void Damaged_PROXY_headers() => Assert.InRange(CountAccepted(100_000, HeaderRound), 10_000, 90_000);

    [Fact]
    public void Damaged_ClientHellos() => Assert.InRange(CountAccepted(30_000, HelloRound), 3_000, 29_000);

    [Fact]
    [Trait("Category", "Long")]
    public void Ten_minutes_of_both() => FuzzRun.For(FuzzRun.Long, random => _ = HeaderRound(random) | HelloRound(random));

    private static int CountAccepted(int rounds, Func<Random, bool> round)
    {
        int accepted = 0;
        FuzzRun.Rounds(rounds, random => accepted += round(random) ? 1 : 0);
        return accepted;
    }

    private bool HeaderRound(Random random)
    {
        byte[] bytes = new Mutation(random, "\r\n 0123456789.:abcTP!\0"u8.ToArray())
            .Damage(Headers[random.Next(Headers.Length)], Headers[random.Next(Headers.Length)]);
        ProxyHeaderStatus status = ProxyHeaderParser.Parse(_memory.Place(bytes), out ProxyHeader header);
        ProxyHeaderStatus begun = ProxyHeaderParser.Parse(_memory.Place(bytes.AsSpan(0, random.Next(bytes.Length + 1))), out ProxyHeader early);

        // A beginning may be incomplete; what it already decides, the whole decides alike.
        Assert.True(begun == ProxyHeaderStatus.Incomplete || (begun == status && early == header), Convert.ToHexString(bytes));
        if (status == ProxyHeaderStatus.Complete && header.Source is not null)
        {
            Span<byte> again = stackalloc byte[ProxyHeaderWriter.MaxLength];
            int length = ProxyHeaderWriter.Write(header.Version, header.Source, header.Destination!, again);
            Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse(_memory.Place(again[..length]), out ProxyHeader read));
            Assert.Equal(header.Source.Address.MapToIPv6(), read.Source!.Address.MapToIPv6());
            Assert.Equal(header.Destination!.Port, read.Destination!.Port);
        }

        return status == ProxyHeaderStatus.Complete;
    }

    private bool HelloRound(Random random)
    {
        byte[] bytes = new Mutation(random, [0, 1, 2, 3, 16, 22, 0xFF, (byte)'a', (byte)'.']).Damage(Hellos[random.Next(Hellos.Length)], Hellos[0]);
        var (status, name) = Parse(bytes);
        var (begun, early) = Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
        Assert.True(begun == ClientHelloStatus.Incomplete || (begun == status && early == name), Convert.ToHexString(bytes));
        return status == ClientHelloStatus.Complete;
    }

    private (ClientHelloStatus Status, string Name) Parse(ReadOnlySpan<byte> bytes)
    {
        Span<byte> name = stackalloc byte[ClientHelloParser.MaxName];
        ClientHelloStatus status = ClientHelloParser.Parse(_memory.Place(bytes), name, out int length);
        return (status, status == ClientHelloStatus.Complete ? Encoding.ASCII.GetString(name[..length]) : "");
    }
}
