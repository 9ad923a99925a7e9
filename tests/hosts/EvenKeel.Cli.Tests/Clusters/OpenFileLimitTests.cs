using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;

namespace EvenKeel.Cli.Tests.Clusters;

public sealed class OpenFileLimitTests
{
    [Fact]
    public void Each_instance_needs_some_and_one_too_few_is_refused()
    {
        OpenFileLimit.Require(OpenFileLimit.Base + (3 * OpenFileLimit.EachInstance), 3);
        var error = Assert.Throws<CommandException>(() => OpenFileLimit.Require(279, 3));

        Assert.Equal(("EK3017", "this process may have 279 files and sockets open, and 280 are needed"), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             7                    8                    processes ", null)]
    public void The_soft_limit_counts(string line, long? limit) => Assert.Equal(limit, OpenFileLimit.Of(["Limit  Soft Limit", line]));
}
