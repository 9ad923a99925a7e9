using System.Text;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Requests;
using EvenKeel.State.Server.Commands;
using EvenKeel.State.Server.Keys;
using EvenKeel.State.Server.Sessions;
using EvenKeel.State.Server.Tests.Keys;

namespace EvenKeel.State.Server.Tests.Commands;

public class CommandTableTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_command_is_found_in_any_case()
    {
        Assert.Equal("hgetall", CommandTable.Find("HGetAll"u8)?.Name);
        Assert.Null(CommandTable.Find("hgetal"u8));
        Assert.Null(CommandTable.Find("a name that is longer than any"u8));
        Assert.Null(CommandTable.Find([0xff]));
    }

    [Fact]
    public void Above_the_memory_limit_what_may_grow_is_refused_and_what_frees_is_not()
    {
        CommandProcessor processor = Processor(maxMemory: 1000);
        Assert.Equal("+OK\r\n", Run(processor, $"set a {new string('x', 2000)}"));
        foreach (string growing in new[] { "set b 1", "incr n", "incrby n 2", "hset h f v", "hsetnx h f v" })
        {
            Assert.Equal("-OOM command not allowed when used memory > 'maxmemory'.\r\n", Run(processor, growing));
        }

        Assert.Equal(":0\r\n", Run(processor, "exists b n h"));
        Assert.Equal(":1\r\n", Run(processor, "del a"));
        Assert.Equal("+OK\r\n", Run(processor, "set b 1"));
    }

    [Fact]
    public void Keys_past_their_deadline_make_room_before_a_write_is_refused()
    {
        CommandProcessor processor = Processor(maxMemory: 1000);
        Run(processor, $"set a {new string('x', 2000)} px 100");
        Assert.StartsWith("-OOM", Run(processor, "set b 1"), StringComparison.Ordinal);
        _time.Advance(100);
        Assert.Equal("+OK\r\n", Run(processor, "set b 1"));
    }

    [Fact]
    public void Time_passes_for_ttl_as_it_does_for_expiry()
    {
        CommandProcessor processor = Processor(maxMemory: 0);
        Run(processor, "set k v ex 10");
        _time.Advance(4_400);
        Assert.Equal(":6\r\n:5600\r\n", Run(processor, "ttl k") + Run(processor, "pttl k"));
        Assert.Equal(":1\r\n", Run(processor, "incr n") );
        Run(processor, "set k w keepttl");
        Assert.Equal(":5600\r\n", Run(processor, "pttl k"));
        Run(processor, "set k w");
        Assert.Equal(":-1\r\n", Run(processor, "pttl k"));
        Run(processor, "pexpire k 50");
        _time.Advance(50);
        Assert.Equal(":-2\r\n$-1\r\n", Run(processor, "pttl k") + Run(processor, "get k"));
    }

    [Fact]
    public void A_browser_that_posts_is_cut_off_without_an_answer()
    {
        var session = new ClientSession(1);
        Execute(Processor(maxMemory: 0), session, "POST / HTTP/1.1");
        Assert.True(session.Closing);
        Assert.Equal(0, session.Output.Length);
    }

    [Fact]
    public void A_fenced_value_takes_no_lower_token()
    {
        CommandProcessor processor = Processor(maxMemory: 0);
        Assert.Equal(":1\r\n:1\r\n:0\r\n:1\r\n", string.Concat(
            Run(processor, "fset k 7 a"), Run(processor, "fset k 8 b"), Run(processor, "fset k 7 c"), Run(processor, "fset k 8 d")));
        Assert.Equal("*2\r\n$1\r\n8\r\n$1\r\nd\r\n", Run(processor, "hmget k token value"));
        Assert.Equal(
            "*2\r\n:0\r\n$-1\r\n*2\r\n:1\r\n$1\r\nd\r\n:0\r\n",
            Run(processor, "fget k 7") + Run(processor, "fget k 9") + Run(processor, "fset k 8 e"));
        Assert.Equal("*2\r\n:1\r\n$-1\r\n", Run(processor, "fget none 1"));
        Assert.StartsWith("-ERR value is not an integer", Run(processor, "fset k x a"), StringComparison.Ordinal);
        Run(processor, "set s text");
        Assert.StartsWith("-WRONGTYPE", Run(processor, "fset s 1 a"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lock acquire l a:1 0 0", "-ERR invalid expire time in 'lock' command\r\n")]
    [InlineData("lock acquire l a:1 604800001 0", "-ERR invalid expire time in 'lock' command\r\n")]
    [InlineData("lock acquire l a:1 x 0", "-ERR value is not an integer or out of range\r\n")]
    [InlineData("lock acquire l a:1", "-ERR wrong number of arguments for 'lock|acquire' command\r\n")]
    [InlineData("lock nope l a:1", "-ERR unknown subcommand 'nope'. Try LOCK HELP.\r\n")]
    [InlineData("lock release l a:1 7", ":0\r\n")]
    [InlineData("lock renew l a:1 7 100", ":0\r\n")]
    public void A_lock_command_says_what_is_wrong(string line, string reply) => Assert.Equal(reply, Run(Processor(maxMemory: 0), line));

    [Fact]
    public void A_name_of_512_bytes_is_a_lock_and_one_of_513_is_none()
    {
        CommandProcessor processor = Processor(maxMemory: 0);
        Assert.StartsWith("*3\r\n", Run(processor, $"lock acquire {new string('n', 512)} a:1 100 0"), StringComparison.Ordinal);
        Assert.Equal("-ERR a lock's name and owner have at most 512 bytes\r\n", Run(processor, $"lock acquire {new string('n', 513)} a:1 100 0"));
    }

    [Fact]
    public void A_client_may_be_subscribed_to_1024_channels_and_not_to_one_more()
    {
        CommandProcessor processor = Processor(maxMemory: 0);
        var session = new ClientSession(1);
        for (int i = 0; i < 1024; i++)
        {
            Execute(processor, session, $"subscribe c{i}");
        }

        session.Output.Clear();
        Execute(processor, session, "subscribe more");
        Assert.Equal("-ERR a client may be subscribed to 1024 channels\r\n", Encoding.UTF8.GetString(session.Output.Written));
    }

    private CommandProcessor Processor(long maxMemory) => new(new Keyspace(_time), new ServerCounters(_time, 10, maxMemory), _time);

    private static string Run(CommandProcessor processor, string line)
    {
        var session = new ClientSession(1);
        Execute(processor, session, line);
        return Encoding.UTF8.GetString(session.Output.Written);
    }

    private static void Execute(CommandProcessor processor, ClientSession session, string line)
    {
        var parser = new RequestParser(RespLimits.Default);
        Assert.Equal(RequestStatus.Complete, parser.Read(Encoding.UTF8.GetBytes(line + "\r\n"), out _));
        processor.Execute(session, parser.Arguments);
    }
}
