using System.Net;
using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Tcp;

/// <summary>Addresses of TCP that come and go with the options of a gateway that runs.</summary>
public sealed class TcpAddressTests : IAsyncDisposable
{
    private readonly Origin _web = Saying("web");
    private readonly Origin _api = Saying("api");
    private readonly TestTcpGateway _gateway = new(TestTransport.Open);

    public TcpAddressTests()
    {
        _gateway.Add(_web);
        _gateway.Add(_api, "api");
    }

    private TcpListenerOptions First => _gateway.Options.Tcp[0];

    private TcpListenerOptions Second => First with { Listen = new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0), Service = "api" };

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _web.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task One_that_is_added_is_listened_on_and_one_that_is_gone_is_closed_while_its_connections_go_on()
    {
        var old = await AskAsync(_gateway.Address, "web");
        Apply(Second, First);
        Assert.Equal(_gateway.Address, _gateway.Gateway.Addresses[1]);
        await AskAsync(_gateway.Gateway.Addresses[0], "api");

        Apply(Second);
        await AssertRefusedAsync(_gateway.Address);
        await AskAsync(old, "web");
        Assert.Equal(1, ActiveOf(_gateway.Address));

        old.EndSending();
        await Deadline.Within(old.ReadToEndAsync());
        await Deadline.Until(() => _gateway.Gateway.Readings.All(one => !one.Listener.Equals(_gateway.Address)), "it is forgotten with its last connection");
        Assert.Equal(1, ActiveOf(_gateway.Gateway.Addresses[0]));
    }

    [Fact]
    public async Task One_that_comes_back_goes_on_counting_where_it_has_connections_left()
    {
        await AskAsync(_gateway.Address, "web");
        Apply();
        await AssertRefusedAsync(_gateway.Address);
        Assert.Empty(_gateway.Gateway.Addresses);

        Apply(First);
        var again = Assert.Single(_gateway.Gateway.Addresses);
        await AskAsync(again, "web");
        Assert.Equal(2, ActiveOf(again));
    }

    [Fact]
    public async Task One_that_is_taken_leaves_all_as_it_was()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var taken = Second with { Listen = (IPEndPoint)other.LocalEndPoint! };

        var error = Assert.Throws<AddressInUseException>(() => Apply(Second, taken));
        Assert.Equal((taken.Listen, "gateway.tcp"), (error.Address, error.Setting));
        Assert.Equal(_gateway.Address, Assert.Single(_gateway.Gateway.Addresses));
        await AskAsync(_gateway.Address, "web");
    }

    [Fact]
    public async Task What_was_opened_for_options_that_did_not_come_is_closed_by_those_that_do()
    {
        var port = FreePort();
        var never = Second with { Listen = new IPEndPoint(IPAddress.Loopback, port) };
        _gateway.Gateway.Open(_gateway.Options with { Tcp = [First, never] });
        await AskAsync(never.Listen, "api");

        Apply(First);
        await AssertRefusedAsync(never.Listen);
        Assert.Equal(_gateway.Address, Assert.Single(_gateway.Gateway.Addresses));
    }

    [Fact]
    public async Task A_gateway_that_drains_opens_no_more()
    {
        await _gateway.Gateway.DrainAsync(Deadline.Limit, Deadline.Token);
        Apply(First, Second);
        Assert.Single(_gateway.Gateway.Addresses);
        await AssertRefusedAsync(_gateway.Address);
    }

    private static Origin Saying(string name) => new(async channel =>
    {
        while (await channel.ReadByteAsync() is >= 0)
        {
            await channel.SendAsync(name);
        }
    });

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task AskAsync(ByteChannel client, string expected)
    {
        await client.SendAsync("?");
        Assert.Equal(expected, System.Text.Encoding.Latin1.GetString(await Deadline.Within(client.ReadExactAsync(expected.Length))));
    }

    // The listening sockets are closed on their loops, a moment after the options have changed.
    private static async Task AssertRefusedAsync(IPEndPoint address) => await Deadline.Until(
        () =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(address);
                return false;
            }
            catch (SocketException error)
            {
                return error.SocketErrorCode == SocketError.ConnectionRefused;
            }
        },
        $"{address} is closed");

    private async Task<ByteChannel> AskAsync(IPEndPoint address, string expected)
    {
        var client = await _gateway.ConnectAsync(address: address);
        await AskAsync(client, expected);
        return client;
    }

    private void Apply(params TcpListenerOptions[] listeners) => _gateway.Gateway.Apply(_gateway.Options with { Tcp = listeners });

    private long ActiveOf(IPEndPoint address) => _gateway.Gateway.Readings.Where(one => one.Listener.Equals(address)).Sum(one => one.Counts.Active);
}
