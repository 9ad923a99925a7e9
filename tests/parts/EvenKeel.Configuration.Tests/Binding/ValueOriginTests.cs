using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Tests.Binding;

public sealed class ValueOriginTests
{
    private static readonly Dictionary<string, string> Variables = new() { ["COUNT"] = "3", ["DB_PASSWORD"] = "hunter2" };

    private const string Text =
        """
        version: 1
        needs: [ { postgres: 'postgres://ada:${DB_PASSWORD}@127.0.0.1/db' } ]
        services:
          web:
            command: node server.js
            instances: ${COUNT}
            env: { API_TOKEN: abc, CONNECTION: 'Host=x;Password=${DB_PASSWORD};Port=1', MODE: dev }
        """;

    [Theory]
    [InlineData("services.web.command", "node server.js", OriginKind.File)]
    [InlineData("services.web.instances", "3", OriginKind.Variables)]
    [InlineData("services.web.health.interval", "1s", OriginKind.Default)]
    [InlineData("services.web.ports", "auto", OriginKind.Default)]
    [InlineData("gateway.listen", "127.0.0.1:8080", OriginKind.Default)]
    [InlineData("gateway.limits.head", "32KiB", OriginKind.Default)]
    [InlineData("services.web.env.MODE", "dev", OriginKind.File)]
    public void Every_value_is_listed_with_where_it_comes_from(string path, string value, OriginKind kind)
    {
        var origin = Find(path);

        Assert.Equal((value, kind), (origin.Value, origin.Kind));
        Assert.Equal(kind != OriginKind.Default, origin.Span is not null);
    }

    [Fact]
    public void A_value_made_from_variables_names_them_and_its_place()
    {
        var origin = Find("services.web.instances");

        Assert.Equal(["COUNT"], origin.Variables);
        Assert.Equal(new SourceSpan(6, 16, 8), origin.Span);
    }

    [Theory]
    [InlineData("services.web.env.API_TOKEN", "***")]
    [InlineData("services.web.env.CONNECTION", "Host=x;Password=***;Port=1")]
    [InlineData("needs[0].postgres", "postgres://ada:***@127.0.0.1/db")]
    public void What_looks_like_a_secret_is_not_shown(string path, string value) => Assert.Equal(value, Find(path).Value);

    [Fact]
    public void No_path_is_listed_twice()
    {
        var origins = ConfigurationLoader.LoadText(ExampleFile.Text, "evenkeel.yaml", ExampleFile.Environment).Origins;

        Assert.Empty(origins.GroupBy(o => o.Path).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.True(origins.Count > 100);
    }

    private static ValueOrigin Find(string path) =>
        Assert.Single(ConfigurationLoader.LoadText(Text, "evenkeel.yaml", Variables).Origins, o => o.Path == path);
}
