using System.Net;
using System.Net.Sockets;
using EvenKeel.Fleet.Ports;
using EvenKeel.Fleet.Tests.Processes;

namespace EvenKeel.Fleet.Tests.Ports;

[Collection(nameof(Alone))]
public sealed class PortAllocatorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Each_reservation_has_a_port_of_its_own_and_gives_it_back()
    {
        PortAllocator allocator = Allocator();
        using PortReservation first = allocator.Allocate();
        PortReservation second = allocator.Allocate();
        Assert.NotEqual(first.Port, second.Port);
        Assert.InRange(first.Port, PortRange.OfThisSystem().First, PortRange.OfThisSystem().Last);
        second.Dispose();
        using PortReservation again = allocator.Reserve(second.Port);
        Assert.Equal(second.Port, again.Port);
    }

    [Fact]
    public void A_reserved_port_is_refused_to_others_with_the_name_of_the_holder()
    {
        using PortReservation held = Allocator().Allocate();
        string message = Refused(() => Allocator().Reserve(held.Port));
        Assert.StartsWith($"Port {held.Port} is reserved by process {Environment.ProcessId} (", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    public void A_port_that_somebody_listens_on_is_passed_over_and_refused_with_process_and_program(string address)
    {
        using PortReservation free = Allocator().Allocate();
        free.Dispose();
        using TcpListener listener = new(IPAddress.Parse(address), free.Port);
        listener.Start();
        PortAllocator allocator = new(_directory.Path, new PortRange(free.Port, Math.Min(free.Port + 500, ushort.MaxValue)));
        using PortReservation other = allocator.Allocate();
        Assert.NotEqual(free.Port, other.Port);
        string program = File.ReadAllText("/proc/self/comm").Trim();
        Assert.Equal(
            $"Port {free.Port} is used by process {Environment.ProcessId} ({program}). End that one, or choose another port.",
            Refused(() => allocator.Reserve(free.Port)));
    }

    [Fact]
    public async Task Connections_of_an_earlier_server_that_linger_do_not_make_a_port_busy()
    {
        PortAllocator allocator = Allocator();
        PortReservation reservation = allocator.Allocate();
        reservation.Dispose();
        using (TcpListener listener = new(IPAddress.Loopback, reservation.Port))
        {
            listener.Start();
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, reservation.Port, TestContext.Current.CancellationToken);
            using (Socket server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken))
            {
                server.Shutdown(SocketShutdown.Both);
            }

            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }

        string lingering = $"0100007F:{reservation.Port:X4} ";
        Assert.Contains(File.ReadAllLines("/proc/self/net/tcp"), line => line.Contains(": " + lingering, StringComparison.Ordinal));
        allocator.Reserve(reservation.Port).Dispose();
    }

    [Fact]
    public void Given_ports_are_reserved_all_or_none()
    {
        PortAllocator allocator = Allocator();
        PortReservation one = allocator.Allocate(), two = allocator.Allocate();
        int[] ports = [one.Port, two.Port];
        one.Dispose();
        Assert.Contains("is reserved", Refused(() => allocator.Reserve(ports)), StringComparison.Ordinal);
        two.Dispose();
        IReadOnlyList<PortReservation> both = allocator.Reserve(ports);
        Assert.Equal(ports, both.Select(reservation => reservation.Port));
        foreach (PortReservation reservation in both)
        {
            reservation.Dispose();
        }

        Assert.Contains("is given twice", Refused(() => allocator.Reserve([ports[0], ports[0]])), StringComparison.Ordinal);
        allocator.Reserve(ports[0]).Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65536)]
    public void What_is_no_port_is_refused(int port) =>
        Assert.Equal($"{port} is not a port: give a number from 1 to 65535.", Refused(() => Allocator().Reserve(port)));

    [Fact]
    public void A_range_without_a_free_port_is_told_with_the_reasons()
    {
        using PortReservation free = Allocator().Allocate();
        PortAllocator narrow = new(_directory.Path, new PortRange(free.Port, free.Port));
        Assert.Contains(
            $"None of the ports {free.Port} to {free.Port} is free: 1 are reserved by EvenKeel, on 0 others listen.",
            Refused(() => narrow.Allocate()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_must_be_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PortAllocator(_directory.Path, new PortRange(0, 10)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PortAllocator(_directory.Path, new PortRange(10, 9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PortAllocator(_directory.Path, new PortRange(10, 65536)));
    }

    [Fact]
    public void A_directory_that_cannot_be_used_is_named()
    {
        string file = Path.Combine(_directory.Path, "file");
        File.WriteAllText(file, "");
        string message = Refused(() => new PortAllocator(Path.Combine(file, "ports"), PortRange.OfThisSystem()));
        Assert.Contains($"'{file}/ports', which cannot be written", message, StringComparison.Ordinal);
    }

    private PortAllocator Allocator() => new(_directory.Path, PortRange.OfThisSystem());

    private static string Refused(Func<object> attempt) => Assert.Throws<PortUnavailableException>(attempt).Message;
}
