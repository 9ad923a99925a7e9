using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Tests.Fakes;

namespace EvenKeel.Fleet.Tests.Instances;

public sealed class InstanceCommandTests
{
    [Theory]
    [InlineData("server --port {port}", "server --port 6002")]
    [InlineData("server --listen=127.0.0.1:{port} --admin {port}0", "server --listen=127.0.0.1:6002 --admin 60020")]
    [InlineData("server {PORT} {id} {{}} $PORT", "server {PORT} {id} {{}} $PORT")]
    [InlineData("./{port}/server {port}", "./{port}/server 6002")]
    [InlineData("server", "server")]
    public void The_port_stands_in_for_its_place_in_the_arguments(string command, string started) =>
        Assert.Equal(started.Split(' '), InstanceCommand.Make(command.Split(' '), 6002));

    [Fact]
    public async Task Each_instance_is_started_with_its_own_port_and_again_with_it_after_a_crash()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2) with { Command = ["server", "--port", "{port}"] });
        await fake.Fleet.StartAsync(FakeFleet.Token);

        Assert.Equal(["server", "--port", "6001"], fake.Spawner.Of("web-1").Start.Command);
        Assert.Equal(["server", "--port", "6002"], fake.Spawner.Of("web-2").Start.Command);

        fake.Spawner.Of("web-2").Exit(1);

        await fake.UntilAsync(() => fake["web-2"].Generation == 2, "second life");
        Assert.Equal(["server", "--port", "6002"], fake.Spawner.Of("web-2").Start.Command);
    }
}
