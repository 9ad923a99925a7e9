using System.Text;
using EvenKeel.Gateway.Tcp;

namespace EvenKeel.Gateway.Tests.Tcp;

public sealed class ServerNameTableTests
{
    private static readonly ServerNameTable<string> Table = new(
    [
        KeyValuePair.Create("a.example", "exact"),
        KeyValuePair.Create("*.Example", "wide"),
        KeyValuePair.Create("*.b.example", "narrow"),
    ]);

    [Theory]
    [InlineData("a.example", "exact")]
    [InlineData("x.a.example", "wide")]
    [InlineData("b.example", "wide")]
    [InlineData("x.b.example", "narrow")]
    [InlineData("x.y.b.example", "narrow")]
    [InlineData("example", null)]
    [InlineData(".example", null)]
    [InlineData("x.other", null)]
    [InlineData("", null)]
    public void The_name_itself_comes_first_and_then_the_longest_wildcard(string name, string? expected)
        => Assert.Equal(expected, Table.Find(Encoding.ASCII.GetBytes(name)));
}
