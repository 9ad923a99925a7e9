using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Tests.Fakes;

namespace EvenKeel.Fleet.Tests.Instances;

public sealed class InstanceEnvironmentTests
{
    [Fact]
    public void An_instance_is_told_who_it_is_where_to_listen_and_where_the_state_is()
    {
        var environment = Make(state: "127.0.0.1:6390", inherited: new() { ["HOME"] = "/root" });

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["HOME"] = "/root",
                ["PORT"] = "6002",
                ["ASPNETCORE_HTTP_PORTS"] = "6002",
                ["EVENKEEL_SERVICE"] = "web",
                ["EVENKEEL_INSTANCE"] = "web-2",
                ["EVENKEEL_INSTANCE_INDEX"] = "2",
                ["EVENKEEL_GENERATION"] = "3",
                ["EVENKEEL_NONCE"] = "abc",
                ["ConnectionStrings__EvenKeel"] = "127.0.0.1:6390",
                ["OTEL_SERVICE_NAME"] = "web",
                ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=web-2,service.namespace=shop",
            }.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            environment.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("ASPNETCORE_HTTPS_PORTS")]
    [InlineData("DOTNET_URLS")]
    [InlineData("URLS")]
    [InlineData("EVENKEEL_DASHBOARD_TOKEN")]
    public void What_would_mislead_or_is_secret_is_not_inherited(string name) =>
        Assert.False(Make(inherited: new() { [name] = "http://*:80" }).ContainsKey(name));

    [Fact]
    public void The_variables_of_the_service_win()
    {
        var environment = Make(own: new() { ["ASPNETCORE_URLS"] = "http://127.0.0.1:9", ["OTEL_SERVICE_NAME"] = "shop-web" });

        Assert.Equal("http://127.0.0.1:9", environment["ASPNETCORE_URLS"]);
        Assert.Equal("shop-web", environment["OTEL_SERVICE_NAME"]);
    }

    [Fact]
    public void Inherited_resource_attributes_are_kept() =>
        Assert.Equal(
            "deployment.environment=ci,service.instance.id=web-2,service.namespace=shop",
            Make(inherited: new() { ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment=ci" })["OTEL_RESOURCE_ATTRIBUTES"]);

    [Fact]
    public void Without_a_state_there_is_no_connection_string() =>
        Assert.False(Make().ContainsKey("ConnectionStrings__EvenKeel"));

    private static Dictionary<string, string> Make(
        string? state = null, Dictionary<string, string>? inherited = null, Dictionary<string, string>? own = null)
    {
        var service = FakeFleet.Web(2) with { Environment = own ?? [] };
        var options = new FleetOptions
        {
            ClusterName = "shop",
            Services = [service],
            Spawner = new FakeSpawner(new()),
            Ports = new FakePorts(),
            StateConnection = state,
            Environment = inherited ?? [],
        };
        return InstanceEnvironment.Make(options, new InstanceIdentity(service, 2), generation: 3, port: 6002, nonce: "abc");
    }
}
