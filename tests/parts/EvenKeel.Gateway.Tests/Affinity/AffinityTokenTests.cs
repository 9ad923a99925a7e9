using System.Net;
using System.Security.Cryptography;
using System.Text;
using EvenKeel.Gateway.Affinity;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Tests.Affinity;

public sealed class AffinityTokenTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly EndpointDirectory _directory = new();
    private readonly AffinityToken _cookie = new("ek", Key);

    public AffinityTokenTests()
    {
        _directory.Add("web", "web-1", new IPEndPoint(IPAddress.Loopback, 1));
        _directory.Add("web", "web-2", new IPEndPoint(IPAddress.Loopback, 2));
    }

    [Fact]
    public void The_field_line_names_no_instance_and_no_script_can_read_it()
    {
        byte[] mark = HMACSHA256.HashData(Key, "web-1"u8)[..16];
        byte[] seal = HMACSHA256.HashData(Key, (byte[])[0, .. mark])[..16];
        string expected = Convert.ToBase64String([.. mark, .. seal]).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        string line = Encoding.ASCII.GetString(_cookie.FieldLine(_directory.Find("web-1")!));
        Assert.Equal($"Set-Cookie: ek={expected}; Path=/; HttpOnly; SameSite=Lax\r\n", line);
        string secure = Encoding.ASCII.GetString(_cookie.FieldLine(_directory.Find("web-1")!, isSecure: true));
        Assert.Equal($"Set-Cookie: ek={expected}; Path=/; HttpOnly; SameSite=Lax; Secure\r\n", secure);
        Assert.DoesNotContain("web-1", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_field_carries_the_same_value_both_ways()
    {
        var header = new AffinityToken("X-Instance", Key, isHeader: true);
        string line = Encoding.ASCII.GetString(header.FieldLine(_directory.Find("web-1")!));
        Assert.Equal($"X-Instance: {Encoding.ASCII.GetString(ValueOf(_cookie, "web-1"))}\r\n", line);
    }

    [Fact]
    public void A_value_is_known_as_our_own_though_its_instance_is_gone_and_no_other_is()
    {
        byte[] value = ValueOf(_cookie, "web-1");
        _directory.Remove("web-1");
        Assert.Null(_cookie.Find(value, _directory.All, "web"));
        Assert.True(_cookie.IsOurs(value));
        Assert.False(new AffinityToken("ek", AffinityToken.KeyOf(new string('s', 32))).IsOurs(value));
        for (int i = 0; i < value.Length - 1; i++)
        {
            byte[] damaged = [.. value];
            damaged[i] = damaged[i] == (byte)'A' ? (byte)'B' : (byte)'A';
            Assert.False(_cookie.IsOurs(damaged));
        }

        Assert.False(_cookie.IsOurs(default));
        Assert.False(_cookie.IsOurs(Encoding.ASCII.GetBytes(new string('=', 43))));
        Assert.False(_cookie.IsOurs(value.AsSpan(1)));
    }

    [Fact]
    public void Gateways_with_the_same_secret_agree()
    {
        var one = new AffinityToken("ek", AffinityToken.KeyOf("a secret of thirty-two characters"));
        var other = new AffinityToken("ek", AffinityToken.KeyOf("a secret of thirty-two characters"));
        Assert.Equal("web-2", other.Find(ValueOf(one, "web-2"), _directory.All, "web")!.Name);
    }

    [Fact]
    public void A_value_finds_its_endpoint_of_the_service_only()
    {
        byte[] value = ValueOf(_cookie, "web-2");
        Assert.Equal("web-2", _cookie.Find(value, _directory.All, "web")!.Name);
        Assert.Null(_cookie.Find(value, _directory.All, "other"));
    }

    [Fact]
    public void A_value_of_another_key_or_a_damaged_one_finds_nothing()
    {
        Assert.Null(_cookie.Find(ValueOf(new AffinityToken("ek", AffinityToken.NewKey()), "web-1"), _directory.All, "web"));
        byte[] value = ValueOf(_cookie, "web-1");
        for (int i = 0; i < value.Length; i++)
        {
            byte[] damaged = [.. value];
            damaged[i] ^= 1;
            Assert.Null(_cookie.Find(damaged, _directory.All, "web"));
        }

        Assert.Null(_cookie.Find(value.AsSpan(1), _directory.All, "web"));
        Assert.Null(_cookie.Find("web-1"u8, _directory.All, "web"));
        Assert.Null(_cookie.Find(default, _directory.All, "web"));
    }

    [Theory]
    [InlineData("ek=v", "v")]
    [InlineData("a=1; ek=v; b=2", "v")]
    [InlineData("a=1;ek=v", "v")]
    [InlineData("ek=\"v\"", "v")]
    [InlineData("ek=first; ek=second", "first")]
    [InlineData("ek=a=b", "a=b")]
    [InlineData(" ek = v ", "v")]
    [InlineData("xek=1; ekx=2; EK=3", "")]
    [InlineData("ek", "")]
    [InlineData("; ;=;ek=v", "v")]
    [InlineData("ek=\"", "\"")]
    [InlineData("", "")]
    public void The_cookie_is_found_among_others(string field, string expected)
        => Assert.Equal(expected, Encoding.ASCII.GetString(_cookie.Read(Encoding.ASCII.GetBytes(field))));

    [Theory]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("a=b")]
    [InlineData("a\r\nSet-Cookie: x")]
    [InlineData("ä")]
    public void A_name_that_is_no_token_is_refused(string name)
        => Assert.Throws<ArgumentException>(() => new AffinityToken(name, Key));

    [Fact]
    public void The_longest_name_fits_and_a_longer_one_or_another_key_length_is_refused()
    {
        var longest = new AffinityToken(new string('n', 128), Key);
        Assert.InRange(longest.FieldLine(_directory.Find("web-1")!, isSecure: true).Length, 1, 256);
        Assert.Throws<ArgumentException>(() => new AffinityToken(new string('n', 129), Key));
        Assert.Throws<ArgumentException>(() => new AffinityToken("ek", new byte[16]));
    }

    [Fact]
    public void Ever_new_instances_do_not_pile_up()
    {
        for (int i = 0; i < 5000; i++)
        {
            EndpointState endpoint = _directory.Add("web", "churn", new IPEndPoint(IPAddress.Loopback, 3));
            Assert.Same(endpoint, _cookie.Find(ValueOf(_cookie, "churn"), _directory.All, "web"));
        }
    }

    private byte[] ValueOf(AffinityToken cookie, string instance)
        => cookie.Read(cookie.FieldLine(_directory.Find(instance)!)["Set-Cookie: ".Length..]).ToArray();
}
