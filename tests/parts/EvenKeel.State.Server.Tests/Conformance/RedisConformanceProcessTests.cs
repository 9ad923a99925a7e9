using System.Net;
using System.Text;
using EvenKeel.State.Server.Options;
using EvenKeel.TestServers;

namespace EvenKeel.State.Server.Tests.Conformance;

/// <summary>The same requests to a state node and to redis-server: the replies are the same bytes.</summary>
[Trait("Category", "Process")]
public class RedisConformanceProcessTests
{
    /// <summary>Scripts of commands, each on an empty server; a trailing ~ says that the order of an array does not matter.</summary>
    public static TheoryData<string, string[]> Scripts => new()
    {
        { "connection", ["PING", "ping hello", "PING a b", "ECHO hi", "ECHO", "ECHO ''", "QUIT x"] },
        { "hello", ["HELLO 1", "HELLO 9", "HELLO abc", "HELLO 2 FOO", "AUTH secret", "AUTH a b c"] },
        { "select", ["SELECT 0", "SELECT 1", "SELECT -1", "SELECT abc", "SELECT 99999999999"] },
        { "client",
        [
            "CLIENT GETNAME",
            "CLIENT SETNAME me",
            "CLIENT GETNAME",
            "CLIENT SETNAME ''",
            "CLIENT GETNAME",
            "CLIENT SETNAME 'a b'",
            "CLIENT",
            "CLIENT NOPE",
            "CLIENT GETNAME x",
            "CLIENT SETNAME",
        ] },
        { "unknown", ["NOPE", "NOPE a 'b c'", "nope " + new string('x', 200) + " more", "GET", "get a b", "SET a", "DEL", "HSET h f"] },
        { "set and get",
        [
            "SET k v",
            "GET k",
            "SET k ''",
            "GET k",
            "GET missing",
            "SET k '\\x00\\xff'",
            "GET k",
            "TYPE k",
            "TYPE missing",
            "EXISTS k k missing",
            "DEL k k missing",
            "DBSIZE",
        ] },
        { "set options",
        [
            "SET k 1 NX",
            "SET k 2 NX",
            "GET k",
            "SET k 3 XX",
            "SET m 1 XX",
            "SET k 4 GET",
            "SET m 5 GET",
            "SET m 6 NX GET",
            "SET n 6 NX GET",
            "SET o 1 XX GET",
            "SET k v NX XX",
            "SET k v FOO",
            "SET k v EX",
            "SET k v EX abc",
            "SET k v EX 0",
            "SET k v PX -1",
            "SET k v EX 9223372036854775807",
            "SET k v PX 9223372036854775807",
            "SET k v EX 10 PX 10",
            "SET k v EX 10 KEEPTTL",
            "GET k",
            "EXISTS k m n o",
        ] },
        { "set on a hash", ["HSET h f v", "SET h x GET", "TYPE h", "SET h x NX", "SET h x", "TYPE h", "GET h"] },
        { "incr",
        [
            "INCR n",
            "INCR n",
            "GET n",
            "INCRBY n 40",
            "INCRBY n -100",
            "INCRBY n x",
            "INCRBY n 1.5",
            "SET n 9223372036854775807",
            "INCR n",
            "SET n -9223372036854775808",
            "INCRBY n -1",
            "SET n 01",
            "INCR n",
            "SET n ' 1'",
            "INCR n",
            "SET n ''",
            "INCR n",
            "HSET h f v",
            "INCR h",
        ] },
        { "ttl",
        [
            "TTL k",
            "PTTL k",
            "SET k v",
            "TTL k",
            "PTTL k",
            "EXPIRE k 100",
            "TTL k",
            "SET k v KEEPTTL",
            "TTL k",
            "SET k v",
            "TTL k",
            "PEXPIRE k 100000",
            "TTL k",
            "INCR c",
            "EXPIRE c 50",
            "INCR c",
            "TTL c",
            "EXPIRE missing 10",
            "EXPIRE k abc",
            "EXPIRE k 9223372036854775807",
            "PEXPIRE k 9223372036854775807",
            "EXPIRE k -9223372036854775808",
            "EXPIRE k -1",
            "EXISTS k",
            "SET k v",
            "PEXPIRE k 0",
            "EXISTS k",
        ] },
        { "expire conditions",
        [
            "SET k v",
            "EXPIRE k 100 XX",
            "EXPIRE k 100 GT",
            "EXPIRE k 100 LT",
            "EXPIRE k 50 GT",
            "EXPIRE k 200 GT",
            "TTL k",
            "EXPIRE k 300 LT",
            "EXPIRE k 20 LT",
            "TTL k",
            "EXPIRE k 9 NX",
            "EXPIRE k 40 XX",
            "EXPIRE k 1 FOO",
            "EXPIRE k 1 NX XX",
            "EXPIRE k 1 GT LT",
            "EXPIRE k x FOO",
        ] },
        { "keys",
        [
            "SET one 1",
            "SET two 2",
            "HSET three f v",
            "KEYS * ~",
            "KEYS t* ~",
            "KEYS [ot]?[eo] ~",
            "KEYS none",
            "SCAN 0 COUNT 100 ~",
            "SCAN 0 COUNT 100 MATCH t* ~",
            "SCAN 0 COUNT 100 TYPE hash",
            "SCAN 0 COUNT 100 TYPE nope",
            "SCAN abc",
            "SCAN 0 COUNT 0",
            "SCAN 0 COUNT x",
            "SCAN 0 MATCH",
            "SCAN 0 FOO 1",
            "DBSIZE",
            "FLUSHDB",
            "DBSIZE",
            "FLUSHALL SYNC",
            "FLUSHALL ASYNC",
            "FLUSHALL NOW",
            "FLUSHDB a b",
        ] },
        { "hashes",
        [
            "HSET h a 1 b 2",
            "HSET h a 3 c 4",
            "HSET h a",
            "HSET h a 1 b",
            "HGET h a",
            "HGET h x",
            "HGET none x",
            "HMGET h a x b",
            "HMGET none a",
            "HLEN h",
            "HLEN none",
            "HEXISTS h a",
            "HEXISTS h x",
            "HGETALL h",
            "HKEYS h",
            "HVALS h",
            "HGETALL none",
            "HKEYS none",
            "HSETNX h a 9",
            "HSETNX h d 9",
            "HSETNX new f v",
            "HGET new f",
            "HDEL h a a x",
            "HDEL h b c d",
            "EXISTS h",
            "TYPE h",
            "HDEL none f",
            "HSET h f ''",
            "HGET h f",
        ] },
        { "wrong types",
        [
            "SET s v",
            "HSET s f v",
            "HSETNX s f v",
            "HGET s f",
            "HMGET s f",
            "HGETALL s",
            "HKEYS s",
            "HVALS s",
            "HDEL s f",
            "HLEN s",
            "HEXISTS s f",
            "HSET h f v",
            "GET h",
            "INCRBY h 1",
            "DEL h s",
        ] },
        { "getdel", ["GETDEL k", "SET k v", "GETDEL k", "GET k", "HSET h f v", "GETDEL h", "GETDEL", "GETDEL a b"] },
        { "publish", ["PUBLISH c m", "PUBLISH c", "PUBLISH a b c", "UNSUBSCRIBE", "UNSUBSCRIBE c", "SUBSCRIBE"] },
        { "subscribed",
        [
            "SUBSCRIBE c",
            "SUBSCRIBE c",
            "GET k",
            "PUBLISH c m",
            "PING",
            "PING hello",
            "PING a b",
            "UNSUBSCRIBE d",
            "UNSUBSCRIBE c",
            "PING",
            "SUBSCRIBE d",
            "UNSUBSCRIBE",
            "GET k",
        ] },
        { "command", ["COMMAND NOPE", "COMMAND INFO nope", "COMMAND COUNT x"] },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Replies_are_the_same_bytes(string subject, string[] script)
    {
        await using RedisServer redis = await RedisServer.StartAsync("--databases", "1");
        await using StateServer node = StateServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new StateServerOptions());
        using RawClient toRedis = await RawClient.ConnectAsync(redis.Address);
        using RawClient toNode = await RawClient.ConnectAsync(node.Address);
        foreach (string line in script)
        {
            bool anyOrder = line.EndsWith(" ~", StringComparison.Ordinal);
            byte[] request = Encoding.Latin1.GetBytes(line.TrimEnd('~', ' ').Replace("'\\x00\\xff'", "\"\\x00\\xff\"", StringComparison.Ordinal) + "\r\n");
            await toRedis.SendAsync(request);
            await toNode.SendAsync(request);
            string expected = await toRedis.ReadReplyAsync() ?? "(closed)";
            string actual = await toNode.ReadReplyAsync() ?? "(closed)";
            Assert.Equal($"{subject}: {line} -> {Order(expected, anyOrder)}", $"{subject}: {line} -> {Order(actual, anyOrder)}");
        }
    }

    [Theory]
    [InlineData("*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nQUIT\r\n*1\r\n$4\r\nPING\r\n")]
    [InlineData("PING\r\n\r\n*0\r\n*-1\r\nping\r\n*abc\r\nPING\r\n")]
    [InlineData("*1\r\n:1\r\n")]
    [InlineData("*1\r\n$-1\r\n")]
    [InlineData("GET \"a\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\n\r\n")]
    public async Task A_connection_ends_after_the_same_replies(string bytes)
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using StateServer node = StateServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new StateServerOptions());
        Assert.Equal(await AllAsync(redis.Address, bytes), await AllAsync(node.Address, bytes));
    }

    [Fact]
    public async Task Short_deadlines_pass_on_both()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using StateServer node = StateServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new StateServerOptions());
        foreach (IPEndPoint address in new[] { redis.Address, node.Address })
        {
            using RawClient client = await RawClient.ConnectAsync(address);
            Assert.Equal("+OK\r\n", await client.CallAsync("SET", "k", "v", "PX", "30"));
            Assert.Equal("+OK\r\n", await client.CallAsync("SET", "unasked", "v", "PX", "30"));
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
            while (await client.CallAsync("GET", "k") != "$-1\r\n" || await client.CallAsync("DBSIZE") != ":0\r\n")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
            }
        }
    }

    [Fact]
    public async Task A_message_reaches_every_subscriber_of_its_channel_as_the_same_bytes()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using StateServer node = StateServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new StateServerOptions());
        foreach (IPEndPoint address in new[] { redis.Address, node.Address })
        {
            using RawClient publisher = await RawClient.ConnectAsync(address);
            using RawClient one = await RawClient.ConnectAsync(address);
            using RawClient two = await RawClient.ConnectAsync(address);
            Assert.Equal("*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n", await one.CallAsync("SUBSCRIBE", "c", "d"));
            Assert.Equal("*3\r\n$9\r\nsubscribe\r\n$1\r\nd\r\n:2\r\n", await one.ReadReplyAsync());
            await two.CallAsync("SUBSCRIBE", "c");
            Assert.Equal(":2\r\n", await publisher.CallAsync("PUBLISH", "c", "m"));
            Assert.Equal(":1\r\n", await publisher.CallAsync("PUBLISH", "d", ""));
            Assert.Equal("*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n", await one.ReadReplyAsync());
            Assert.Equal("*3\r\n$7\r\nmessage\r\n$1\r\nd\r\n$0\r\n\r\n", await one.ReadReplyAsync());
            Assert.Equal("*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n", await two.ReadReplyAsync());
            two.ShutdownSend();
            Assert.Null(await two.ReadReplyAsync());
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
            while (await publisher.CallAsync("PUBLISH", "c", "m") != ":1\r\n")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
            }
        }
    }

    private static async Task<string> AllAsync(IPEndPoint address, string bytes)
    {
        using RawClient client = await RawClient.ConnectAsync(address);
        await client.SendAsync(Encoding.Latin1.GetBytes(bytes));
        var all = new StringBuilder();
        while (await client.ReadReplyAsync() is { } reply)
        {
            all.Append(reply);
        }

        return all.ToString();
    }

    /// <summary>Sorts the bulk strings of an array.</summary>
    private static string Order(string reply, bool anyOrder) =>
        anyOrder ? string.Join("$", reply.Split('$').Order(StringComparer.Ordinal)) : reply;
}
