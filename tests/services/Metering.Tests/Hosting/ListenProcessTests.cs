using System.Net;
using System.Net.Sockets;
using Metering.Hosting;
using Metering.Tests.Instances;

namespace Metering.Tests.Hosting;

/// <summary>Where an instance listens. None of these needs a database that answers.</summary>
[Trait("Category", "Process")]
public class ListenProcessTests
{
    private const string NoDatabase = "Host=127.0.0.1;Port=1;Username=u;Database=d";

    [Fact]
    public async Task An_instance_listens_on_the_address_that_it_was_given_and_on_no_other()
    {
        var settings = new MeteringSettings { Database = NoDatabase, Port = 0, Listen = IPAddress.Parse("127.0.0.2") };
        await using HostedMetering instance = await HostedMetering.LaunchAsync(settings);
        Uri address = instance.Client.BaseAddress!;
        Assert.Equal("127.0.0.2", address.Host);
        Assert.Equal(HttpStatusCode.OK, (await instance.SendAsync(HttpMethod.Get, "/livez")).Status);

        using var other = new Socket(SocketType.Stream, ProtocolType.Tcp);
        SocketException error = await Assert.ThrowsAsync<SocketException>(
            () => other.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, error.SocketErrorCode);
    }

    [Theory]
    [InlineData("127.0.0.1:80", 2)]
    [InlineData("192.0.2.1", 1)] // RFC 5737: an address of no machine.
    public async Task An_address_that_cannot_be_listened_on_ends_the_instance_with_an_error_that_names_the_variable(string address, int exitCode)
    {
        (int code, string error) = await MeteringProcess.RunAsync(("METERING_DATABASE", NoDatabase), ("PORT", "0"), ("METERING_LISTEN", address));
        Assert.Equal(exitCode, code);
        Assert.Contains("METERING_LISTEN", error, StringComparison.Ordinal);
        Assert.Contains(address, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(character => character == '\n'));
    }
}
