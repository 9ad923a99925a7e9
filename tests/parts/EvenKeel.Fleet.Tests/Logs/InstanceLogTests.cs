using EvenKeel.Fleet.Logs;
using EvenKeel.Fleet.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Fleet.Tests.Logs;

public sealed class InstanceLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evenkeel-logs-").FullName;
    private readonly LogFeed _feed = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lines_go_to_the_ring_the_readers_and_the_file()
    {
        var folder = Path.Combine(_folder, "made", "when", "needed");
        var follow = _feed.Follow([], TestContext.Current.CancellationToken);
        using var log = Log(folder);
        await ReadAsync(log, "one\ntwo\n");
        _feed.Close();

        Assert.Equal(["one", "two"], log.Last(10).Select(line => line.Text));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(folder, "web-1.log")).Length);
        Assert.Equal(2, await follow.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_written()
    {
        using var log = Log(null);
        await ReadAsync(log, "one\n");

        Assert.Single(log.Last(10));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_does_not_stop_the_reading()
    {
        var notAFolder = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(notAFolder, "", TestContext.Current.CancellationToken);
        using var log = Log(notAFolder);
        await ReadAsync(log, "one\ntwo\n");

        Assert.Equal(2, log.Last(10).Count);
    }

    [Fact]
    public async Task A_read_that_is_cancelled_keeps_what_it_has()
    {
        using var log = Log(null);
        using var cancel = new CancellationTokenSource();
        var output = new FakeOutput();
        output.Say("whole\npart");
        var reading = log.ReadAsync(output, 1, isError: false, cancel.Token);
        await cancel.CancelAsync();
        await reading;

        Assert.Equal("part", log.Last(10)[^1].Text);
    }

    private static async Task ReadAsync(InstanceLog log, string text)
    {
        var output = new FakeOutput();
        output.Say(text);
        output.End();
        await log.ReadAsync(output, 1, isError: false, TestContext.Current.CancellationToken);
    }

    private InstanceLog Log(string? folder) => new("web", "web-1", _feed, folder, new FakeTimeProvider(), NullLogger.Instance);
}
