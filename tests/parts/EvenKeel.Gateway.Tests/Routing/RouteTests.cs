using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Routing;

namespace EvenKeel.Gateway.Tests.Routing;

public sealed class RouteTests
{
    [Theory]
    [InlineData("/", "/", true)]
    [InlineData("/", "/a/b", true)]
    [InlineData("/", "*", true)]
    [InlineData("/api", "/api", true)]
    [InlineData("/api", "/api/", true)]
    [InlineData("/api/", "/api", true)]
    [InlineData("/api", "/api/x/y", true)]
    [InlineData("/api", "/apis", false)]
    [InlineData("/api", "/ap", false)]
    [InlineData("/api", "/API", false)]
    [InlineData("/api", "*", false)]
    [InlineData("/a/b", "/a/b/c", true)]
    [InlineData("/a/b", "/a/bc", false)]
    public void A_path_matches_whole_segments(string route, string path, bool matches)
    {
        var chooser = new EndpointChooser(new EndpointDirectory(), "web");
        Assert.Equal(matches, new Route(new RouteOptions { Path = route, Service = "web" }, chooser).Matches(Encoding.ASCII.GetBytes(path)));
    }
}
