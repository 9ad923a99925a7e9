using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Tests.Workload;

public sealed class ElementReaderTests
{
    [Fact]
    public void Elements_are_found_in_a_wrapped_list_with_numbers_as_ids()
    {
        var reader = Reader(items: "/data/items", id: "/meta/id", value: "/title");

        Assert.True(reader.TryReadList(Json("""{"data":{"items":[{"meta":{"id":7},"title":"a"},{"meta":{"id":8},"title":null}]}}"""), out var elements, out _));
        Assert.Equal([new Element("7", "a"), new Element("8", "")], elements);
    }

    [Theory]
    [InlineData("""{"albums":[]}""", "workload.list.items '' leads to an object with albums instead of an array")]
    [InlineData("""[{"id":"1","name":"x"}]""", "workload.list.value '/title' does not match: the document is an object with id, name without 'title'")]
    [InlineData("""[{"id":{},"title":"x"}]""", "workload.list.id '/id' leads to an empty object instead of a string or a number")]
    [InlineData("<html>", "the body is not JSON")]
    [InlineData("", "the body is empty where JSON was expected")]
    public void A_list_that_does_not_match_says_what_is_there_instead(string body, string problem)
    {
        Assert.False(Reader(items: "", id: "/id", value: "/title").TryReadList(Json(body), out _, out var said));
        Assert.Equal(problem, said);
    }

    [Fact]
    public void The_new_id_is_in_the_reply_only_when_the_file_says_so()
    {
        Assert.True(Reader("", "/id", null, addedId: "/album/id").TryReadAddedId(Json("""{"album":{"id":12}}"""), out var id, out _));
        Assert.Equal("12", id);
        Assert.False(Reader("", "/id", null, addedId: "/id").TryReadAddedId(Json("{}"), out _, out var problem));
        Assert.Equal("workload.add.id '/id' does not match: the document is an empty object without 'id'", problem);
        Assert.False(Reader("", "/id", null).ServiceChoosesId);
    }

    [Fact]
    public void A_pointer_that_is_none_names_its_key()
    {
        var refused = Assert.Throws<ProofException>(() => Reader(items: "items", id: "/id", value: null));

        Assert.StartsWith("workload.list.items: 'items' is not a JSON pointer", refused.Message, StringComparison.Ordinal);
    }

    private static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);

    private static ElementReader Reader(string items, string id, string? value, string? addedId = null) => new(new WorkloadOptions
    {
        Add = new RequestOptions { Method = "POST", Path = "/" },
        List = new RequestOptions { Method = "GET", Path = "/" },
        AddedId = addedId,
        Items = items,
        ItemId = id,
        ItemValue = value,
    });
}
