using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Routing;

namespace EvenKeel.Gateway.Tests.Routing;

public sealed class RoutePathMatcherTests
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
    public void A_prefix_matches_whole_segments(string route, string path, bool matches) => Check(route, PathKind.Prefix, path, matches);

    [Theory]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/a/", false)]
    [InlineData("/a", "/a/b", false)]
    [InlineData("/a/", "/a/", true)]
    [InlineData("/a/", "/a", false)]
    public void An_exact_path_matches_itself(string route, string path, bool matches) => Check(route, PathKind.Exact, path, matches);

    [Theory]
    [InlineData("/users/{id}/posts", "/users/7/posts", true)]
    [InlineData("/users/{id}/posts", "/users//posts", false)]
    [InlineData("/users/{id}/posts", "/users/7/posts/", false)]
    [InlineData("/users/{id}/posts", "/users/7", false)]
    [InlineData("/users/{id}/posts", "/users/7/8/posts", false)]
    [InlineData("/users/*", "/users/7", true)]
    [InlineData("/users/*", "/users/", false)]
    [InlineData("/users/*", "/users", false)]
    [InlineData("/files/*.png", "/files/a.png", true)]
    [InlineData("/files/*.png", "/files/a.b.png", true)]
    [InlineData("/files/*.png", "/files/.png", false)]
    [InlineData("/files/*.png", "/files/a.jpg", false)]
    [InlineData("/v{n}-x/y", "/v1-x/y", true)]
    [InlineData("/v{n}-x/y", "/v-x/y", false)]
    [InlineData("/a/**", "/a", true)]
    [InlineData("/a/**", "/a/", true)]
    [InlineData("/a/**", "/a/b/c", true)]
    [InlineData("/a/**", "/ab", false)]
    [InlineData("/**", "/", true)]
    [InlineData("/{tenant}/{more**}", "/x", true)]
    [InlineData("/{tenant}/{more**}", "/", false)]
    [InlineData("/*", "*", false)]
    public void A_pattern_matches_the_whole_path(string route, string path, bool matches)
        => Check(route, PathKind.Pattern, path, matches);

    [Fact]
    public void What_wildcards_stand_for_is_captured_by_position()
    {
        var matcher = new RoutePathMatcher("/shop/{id}/v{n}.json/{more**}", PathKind.Pattern);
        var path = "/shop/abc/v12.json/x/y"u8;

        Assert.True(matcher.Matches(path));
        Assert.Equal([null, "id", "n", "more"], (IEnumerable<string?>)matcher.Names);
        Assert.Equal("abc", Encoding.ASCII.GetString(matcher.Capture(path, 1)));
        Assert.Equal("12", Encoding.ASCII.GetString(matcher.Capture(path, 2)));
        Assert.Equal("x/y", Encoding.ASCII.GetString(matcher.Capture(path, 3)));
        Assert.Equal("", Encoding.ASCII.GetString(matcher.Capture("/shop/abc/v12.json"u8, 3)));
    }

    [Fact]
    public void A_pattern_that_would_make_a_backtracking_matcher_try_again_and_again_looks_at_each_byte_a_few_times()
    {
        // 2,000 wildcards before a path of as many segments that fails at its last byte: tried again, this would never end.
        var matcher = new RoutePathMatcher(string.Concat(Enumerable.Repeat("/a*a", 2_000)) + "/end", PathKind.Pattern);
        var path = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("/aaaaaaaaaaaaaaaa", 2_000)) + "/enx");

        Assert.False(matcher.Matches(path));
        path[^1] = (byte)'d';
        Assert.True(matcher.Matches(path));
    }

    private static void Check(string route, PathKind kind, string path, bool matches)
        => Assert.Equal(matches, new RoutePathMatcher(route, kind).Matches(Encoding.ASCII.GetBytes(path)));
}
