using System.Net;
using System.Text.Json;
using Albums.Stores;

namespace Albums.Tests.Api;

public class AlbumApiTests
{
    [Fact]
    public async Task The_list_is_that_of_the_experiment()
    {
        await using HostedAlbums albums = await HostedAlbums.StartAsync(new MemoryAlbumStore());
        (HttpStatusCode status, string body, HttpResponseMessage response) = await albums.SendAsync(HttpMethod.Get, "/albums");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            """[{"id":"1","title":"Blue Train","artist":"John Coltrane","price":56.99},{"id":"2","title":"Jeru","artist":"Gerry Mulligan","price":17.99},{"id":"3","title":"Sarah Vaughan and Clifford Brown","artist":"Sarah Vaughan","price":39.99}]""",
            body);
    }

    [Fact]
    public async Task An_album_with_an_id_is_added_once_and_found_where_its_location_says()
    {
        const string Betty = """{"id":"4","title":"The Modern Sound of Betty Carter","artist":"Betty Carter","price":49.99}""";
        await using HostedAlbums albums = await HostedAlbums.StartAsync(new MemoryAlbumStore());
        (HttpStatusCode status, string body, HttpResponseMessage response) = await albums.SendAsync(HttpMethod.Post, "/albums", Betty);
        Assert.Equal((HttpStatusCode.Created, Betty, "/albums/4"), (status, body, response.Headers.Location?.OriginalString));
        Assert.Equal(Betty, (await albums.SendAsync(HttpMethod.Get, "/albums/4")).Body);
        await ProblemAsync(albums, HttpMethod.Post, "/albums", Betty, HttpStatusCode.Conflict, "there is an album '4' already");
        Assert.Equal(HttpStatusCode.NoContent, (await albums.SendAsync(HttpMethod.Delete, "/albums/4")).Status);
        await ProblemAsync(albums, HttpMethod.Delete, "/albums/4", null, HttpStatusCode.NotFound, "no album '4'");
    }

    [Fact]
    public async Task Without_an_id_the_next_free_number_is_assigned()
    {
        await using HostedAlbums albums = await HostedAlbums.StartAsync(new MemoryAlbumStore());
        await albums.SendAsync(HttpMethod.Post, "/albums", """{"id":"5","title":"t","artist":"a","price":1}""");
        string[] locations = new string[3];
        for (int i = 0; i < 3; i++)
        {
            locations[i] = (await albums.SendAsync(
                HttpMethod.Post, "/albums", """{"title":"t","artist":"a","price":1}""")).Response.Headers.Location!.OriginalString;
        }

        Assert.Equal(["/albums/4", "/albums/6", "/albums/7"], locations);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"album\"")]
    [InlineData("""{"title":1,"artist":"a","price":1}""")]
    [InlineData("""{"title":"t","artist":"a","price":"1"}""")]
    [InlineData("""{"title":"t","artist":"a","price":NaN}""")]
    [InlineData("""{"title":"\ud800","artist":"a","price":1}""")]
    [InlineData("""{"title":"t","artist":"a","price":1} x""")]
    [InlineData("""{"title":"t","artist":"a","price":1e999}""")]
    [InlineData("""{"title":"","artist":"a","price":1}""")]
    [InlineData("""{"id":"a/b","title":"t","artist":"a","price":1}""")]
    public async Task What_is_no_album_is_refused_and_changes_nothing(string body)
    {
        await using HostedAlbums albums = await HostedAlbums.StartAsync(new MemoryAlbumStore());
        await ProblemAsync(albums, HttpMethod.Post, "/albums", body, HttpStatusCode.BadRequest, "");
        Assert.DoesNotContain("\"4\"", (await albums.SendAsync(HttpMethod.Get, "/albums")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_wrong_fields_are_told_at_once()
    {
        await using HostedAlbums albums = await HostedAlbums.StartAsync(new MemoryAlbumStore());
        JsonElement problem = await ProblemAsync(albums, HttpMethod.Post, "/albums", """{"id":"a b","price":-1}""", HttpStatusCode.BadRequest, "");
        Assert.Equal(["artist", "id", "price", "title"], problem.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task A_body_of_16_KiB_is_read_and_one_byte_more_is_refused()
    {
        await using HostedAlbums albums = await HostedAlbums.StartAsync(new MemoryAlbumStore());
        const string Album = """{"title":"t","artist":"a","price":1}""";
        Assert.Equal(HttpStatusCode.Created, (await albums.SendAsync(HttpMethod.Post, "/albums", Album.PadRight(16 * 1024))).Status);
        await ProblemAsync(albums, HttpMethod.Post, "/albums", Album.PadRight((16 * 1024) + 1), HttpStatusCode.RequestEntityTooLarge, "");
    }

    [Theory]
    [InlineData("GET", "/albums/nope", HttpStatusCode.NotFound)]
    [InlineData("GET", "/albums/a%20b", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nope", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/albums", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_there_is_a_problem_with_its_status(string method, string path, HttpStatusCode expected)
    {
        await using HostedAlbums albums = await HostedAlbums.StartAsync(new MemoryAlbumStore());
        await ProblemAsync(albums, new HttpMethod(method), path, null, expected, "");
    }

    [Fact]
    public async Task Health_tells_what_was_looked_at()
    {
        await using HostedAlbums albums = await HostedAlbums.StartAsync(new MemoryAlbumStore());
        Assert.Equal("""{"status":"ok","checks":[]}""", (await albums.SendAsync(HttpMethod.Get, "/livez")).Body);
        Assert.Equal("""{"status":"ok","checks":[{"name":"store","status":"ok"}]}""", (await albums.SendAsync(HttpMethod.Get, "/readyz")).Body);
    }

    [Fact]
    public async Task A_store_that_is_down_is_503_with_Retry_After_and_the_instance_lives_but_is_not_ready()
    {
        await using HostedAlbums albums = await HostedAlbums.StartAsync(
            new FailingStore(new StoreUnavailableException("the store is gone", new IOException())));
        foreach ((HttpMethod method, string path) in Operations)
        {
            HttpResponseMessage response = (await albums.SendAsync(method, path, Body(method))).Response;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (response.StatusCode, response.Headers.RetryAfter?.ToString()));
            await ProblemAsync(albums, method, path, Body(method), HttpStatusCode.ServiceUnavailable, "nothing was changed. the store is gone");
        }

        Assert.Equal(HttpStatusCode.OK, (await albums.SendAsync(HttpMethod.Get, "/livez")).Status);
        (HttpStatusCode status, string body, _) = await albums.SendAsync(HttpMethod.Get, "/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("""{"status":"unavailable","checks":[{"name":"store","status":"unavailable","detail":"the store is gone"}]}""", body);
    }

    [Fact]
    public async Task A_write_of_unknown_outcome_is_504_and_never_503()
    {
        await using HostedAlbums albums = await HostedAlbums.StartAsync(new FailingStore(new StoreOutcomeUnknownException("no reply", new IOException())));
        foreach ((HttpMethod method, string path) in Operations.Where(o => o.Method != HttpMethod.Get))
        {
            await ProblemAsync(albums, method, path, Body(method), HttpStatusCode.GatewayTimeout, "may or may not have been made");
        }
    }

    private static IEnumerable<(HttpMethod Method, string Path)> Operations =>
        [(HttpMethod.Get, "/albums"), (HttpMethod.Get, "/albums/1"), (HttpMethod.Post, "/albums"), (HttpMethod.Delete, "/albums/1")];

    private static string? Body(HttpMethod method) => method == HttpMethod.Post ? """{"title":"t","artist":"a","price":1}""" : null;

    private static async Task<JsonElement> ProblemAsync(
        HostedAlbums albums, HttpMethod method, string path, string? body, HttpStatusCode expected, string detail)
    {
        (HttpStatusCode status, string text, HttpResponseMessage response) = await albums.SendAsync(method, path, body);
        Assert.True(status == expected, $"{status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.OrdinalIgnoreCase);
        return problem;
    }
}
