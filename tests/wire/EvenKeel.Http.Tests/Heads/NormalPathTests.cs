using System.Text;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Tests.Heads;

public sealed class NormalPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("*", "*")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/", "/a/")]
    [InlineData("//", "/")]
    [InlineData("//a///b//", "/a/b/")]
    [InlineData("/%61dmin", "/admin")]
    [InlineData("/%41%7E%2D%2e%5F", "/A~-._")]
    [InlineData("/a%20b%e9%22", "/a%20b%E9%22")]
    [InlineData("/%40%3a%3B%2C", "/@:;,")]
    [InlineData("/100%25", "/100%25")]
    [InlineData("/%252e%252e/x", "/%252e%252e/x")]
    [InlineData("/a%3fb%23c", "/a%3Fb%23c")]
    [InlineData("/.well-known/x", "/.well-known/x")]
    [InlineData("/a/...", "/a/...")]
    [InlineData("/a/..b", "/a/..b")]
    [InlineData("/a;b=../c", "/a;b=../c")]
    public void Equal_paths_have_one_form(string path, string normal) => Assert.Equal((HttpFault.None, normal), Read(path));

    [Theory]
    [InlineData("/a/../admin", HttpFault.PathDotSegment)]
    [InlineData("/a/%2e%2e/admin", HttpFault.PathDotSegment)]
    [InlineData("/a/.%2E/admin", HttpFault.PathDotSegment)]
    [InlineData("/./admin", HttpFault.PathDotSegment)]
    [InlineData("/a/%2e", HttpFault.PathDotSegment)]
    [InlineData("/a/..", HttpFault.PathDotSegment)]
    [InlineData("/a/..;/admin", HttpFault.PathDotSegment)]
    [InlineData("/a/%2e%2e%3bx=y/admin", HttpFault.PathDotSegment)]
    [InlineData("//..//admin", HttpFault.PathDotSegment)]
    [InlineData("/a%2fadmin", HttpFault.PathSlashEncoded)]
    [InlineData("/a/..%2Fadmin", HttpFault.PathSlashEncoded)]
    [InlineData("/a%5Cadmin", HttpFault.PathSlashEncoded)]
    [InlineData("/a%00", HttpFault.PathEncodingInvalid)]
    [InlineData("/a%0d%0aX: y", HttpFault.PathEncodingInvalid)]
    [InlineData("/a%7f", HttpFault.PathEncodingInvalid)]
    [InlineData("/a%", HttpFault.PathEncodingInvalid)]
    [InlineData("/a%4", HttpFault.PathEncodingInvalid)]
    [InlineData("/a%4g", HttpFault.PathEncodingInvalid)]
    [InlineData("/a%u002f", HttpFault.PathEncodingInvalid)]
    public void What_servers_do_not_agree_on_is_refused(string path, HttpFault fault) => Assert.Equal(fault, Read(path).Fault);

    [Theory]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a%5cb//c", "/a%5Cb/c")]
    [InlineData("/a%2F...%2F", "/a%2F...%2F")]
    [InlineData("/%2f/%2f", "/%2F/%2F")]
    public void Encoded_slashes_can_be_kept(string path, string normal) => Assert.Equal((HttpFault.None, normal), Read(path, keepSlashes: true));

    [Theory]
    [InlineData("/a%2f..")]
    [InlineData("/a/..%2Fadmin")]
    [InlineData("/a%5C%2e%2e%5cadmin")]
    [InlineData("/a%2F.%2Fb")]
    [InlineData("/a/./b")]
    [InlineData("/a/..")]
    public void Dots_between_them_are_refused_all_the_same(string path) => Assert.Equal(HttpFault.PathDotSegment, Read(path, keepSlashes: true).Fault);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_normal_form_of_the_normal_form_is_itself_and_no_longer_than_the_path(int seed)
    {
        var random = new Random(seed);
        var accepted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var path = "/" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var (fault, normal) = Read(path);
            if (fault == HttpFault.None)
            {
                accepted++;
                Assert.True(normal.Length <= path.Length, path);
                Assert.Equal((HttpFault.None, normal), Read(normal));
                Assert.DoesNotContain("//", normal, StringComparison.Ordinal);
                Assert.DoesNotContain(normal.Split('/'), segment => segment is "." or "..");
            }
        }

        Assert.InRange(accepted, 2_000, 19_000);
    }

    private static readonly string[] Pieces = ["/", ".", "a", "%2e", "%2F", "%61", "%20", ";", "%", "%25", "2e", "//", "%E9"];

    private static (HttpFault Fault, string Normal) Read(string path, bool keepSlashes = false)
    {
        var bytes = Encoding.ASCII.GetBytes(path);
        var fault = NormalPath.Read(bytes, new byte[bytes.Length], out var normal, keepSlashes);
        return (fault, fault == HttpFault.None ? Encoding.ASCII.GetString(normal) : "");
    }
}
