using Albums.Bugs;
using Albums.Hosting;

namespace Albums.Tests.Hosting;

public class AlbumsSettingsTests
{
    [Fact]
    public void Nothing_set_means_memory_on_8080_without_bugs() =>
        Assert.Equal(new AlbumsSettings(8080, StoreKind.Memory, null, null, BugKind.None, 1), AlbumsSettings.Read(_ => null));

    [Fact]
    public void Everything_can_be_set()
    {
        AlbumsSettings settings = Read(
            ("PORT", "9000"),
            ("ASPNETCORE_HTTP_PORTS", "1"),
            ("ALBUMS_STORE", "state"),
            ("ConnectionStrings__EvenKeel", "a:1"),
            ("ALBUMS_BUG", "stale"),
            ("ALBUMS_BUG_SEED", "7"));
        Assert.Equal(new AlbumsSettings(9000, StoreKind.State, null, "a:1", BugKind.Stale, 7), settings);
        Assert.Equal("b:2", Read(("ALBUMS_STORE", "state"), ("ConnectionStrings__EvenKeel", "a:1"), ("ALBUMS_STATE", "b:2")).State);
        Assert.Equal(9001, Read(("ASPNETCORE_HTTP_PORTS", "9001")).Port);
    }

    [Theory]
    [InlineData("ALBUMS_BUG", "loose", "none, lose, duplicate or stale")]
    [InlineData("ALBUMS_BUG", "1", "none, lose, duplicate or stale")]
    [InlineData("ALBUMS_STORE", "mysql", "memory, postgres or state")]
    [InlineData("ALBUMS_STORE", "postgres", "ALBUMS_POSTGRES")]
    [InlineData("ALBUMS_STORE", "state", "ConnectionStrings__EvenKeel")]
    [InlineData("PORT", "70000", "from 0 to 65535")]
    [InlineData("PORT", "x", "from 0 to 65535")]
    public void What_cannot_be_meant_is_refused_by_name(string name, string value, string told)
    {
        FormatException error = Assert.Throws<FormatException>(() => Read((name, value)));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    private static AlbumsSettings Read(params (string Name, string Value)[] variables)
    {
        var all = variables.ToDictionary(v => v.Name, v => v.Value);
        return AlbumsSettings.Read(name => all.GetValueOrDefault(name));
    }
}
