using Albums.Model;

namespace Albums.Tests.Model;

public class AlbumRulesTests
{
    [Fact]
    public void An_album_within_all_limits_is_accepted()
    {
        Assert.Empty(AlbumRules.Check(new AlbumDraft(new string('a', 64), new string('t', 200), new string('a', 200), 1_000_000)));
        Assert.Empty(AlbumRules.Check(new AlbumDraft(null, "t", "a", 0)));
        Assert.Empty(AlbumRules.Check(new AlbumDraft("", "t", "a", 0)));
        Assert.Empty(AlbumRules.Check(new AlbumDraft("A-z_0.9", "t", "a", 0)));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\n")]
    public void An_id_needs_no_escaping(string id) => Assert.Equal(["id"], AlbumRules.Check(new AlbumDraft(id, "t", "a", 0)).Keys);

    [Fact]
    public void Each_limit_is_refused_one_beyond_it()
    {
        Assert.Equal(["id"], AlbumRules.Check(new AlbumDraft(new string('a', 65), "t", "a", 0)).Keys);
        Assert.Equal(["title"], AlbumRules.Check(new AlbumDraft(null, new string('t', 201), "a", 0)).Keys);
        Assert.Equal(["artist"], AlbumRules.Check(new AlbumDraft(null, "t", new string('a', 201), 0)).Keys);
        Assert.Equal(["price"], AlbumRules.Check(new AlbumDraft(null, "t", "a", 1_000_000.01)).Keys);
        Assert.Equal(["price"], AlbumRules.Check(new AlbumDraft(null, "t", "a", -0.01)).Keys);
        Assert.Equal(["price"], AlbumRules.Check(new AlbumDraft(null, "t", "a", double.PositiveInfinity)).Keys);
        Assert.Equal(["price"], AlbumRules.Check(new AlbumDraft(null, "t", "a", double.NaN)).Keys);
    }

    [Fact]
    public void Everything_that_is_missing_is_told_at_once() =>
        Assert.Equal(["artist", "price", "title"], AlbumRules.Check(new AlbumDraft(null, " ", null, null)).Keys.Order());

    [Fact]
    public void Numbers_come_by_value_then_words_by_their_characters()
    {
        string[] ids = ["b", "10", "2", "a", "01", "1", "99999999999999999999999", "A", "1a"];
        IReadOnlyList<Album> sorted = AlbumOrder.Sort(ids.Select(id => new Album(id, "t", "a", 0)));
        Assert.Equal(["01", "1", "2", "10", "99999999999999999999999", "1a", "A", "a", "b"], sorted.Select(a => a.Id));
    }
}
