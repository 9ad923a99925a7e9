using EvenKeel.State.Options;

namespace EvenKeel.State.Tests.Options;

public class StateConnectionStringTests
{
    [Theory]
    [InlineData("localhost", "localhost", 6379)]
    [InlineData("127.0.0.1:7000", "127.0.0.1", 7000)]
    [InlineData("[::1]:7000", "::1", 7000)]
    [InlineData("redis://cache", "cache", 6379)]
    [InlineData("redis://[::1]:7000/", "::1", 7000)]
    public void The_address_stands_first(string text, string host, int port)
    {
        StateClientOptions options = StateConnectionString.Parse(text);
        Assert.Equal((host, port), (options.Host, options.Port));
    }

    [Fact]
    public void A_list_takes_options()
    {
        StateClientOptions options = StateConnectionString.Parse(
            "cache:7000, user=ann,password=a=b, db=3,name=web-1,timeout=500ms,connectTimeout=2s");
        Assert.Equal(("ann", "a=b", 3, "web-1"), (options.User, options.Password, options.Database, options.Name));
        Assert.Equal((TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)), (options.OperationTimeout, options.ConnectTimeout));
    }

    [Fact]
    public void A_url_takes_user_password_and_database()
    {
        StateClientOptions options = StateConnectionString.Parse("redis://ann:p%40ss@cache:7000/2");
        Assert.Equal(("ann", "p@ss", "cache", 7000, 2), (options.User, options.Password, options.Host, options.Port, options.Database));
        Assert.Null(StateConnectionString.Parse("redis://:secret@cache").User);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(",db=1", "host:port")]
    [InlineData("cache:0", "from 1 to 65535")]
    [InlineData("cache:70000", "from 1 to 65535")]
    [InlineData("cache:", "from 1 to 65535")]
    [InlineData("::1", "in brackets")]
    [InlineData("cache,db", "without '='")]
    [InlineData("cache,ssl=true", "'ssl' is no option")]
    [InlineData("cache,timeout=5", "write 500ms or 2s")]
    [InlineData("redis://", "not a valid")]
    [InlineData("redis://cache/x", "the path")]
    [InlineData("redis://cache?db=1", "query")]
    [InlineData("rediss://cache", "TLS")]
    public void What_is_no_connection_is_refused_with_the_way_out(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => StateConnectionString.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_password_appears_in_no_message_and_no_print()
    {
        Assert.DoesNotContain(
            "s3cret",
            Assert.Throws<FormatException>(() => StateConnectionString.Parse("redis://a:s3cret@")).Message,
            StringComparison.Ordinal);
        Assert.Equal("[::1]:6379", StateConnectionString.Parse("[::1],password=s3cret").ToString());
    }
}
