using EvenKeel.Fleet.Logs;

namespace EvenKeel.Fleet.Tests.Logs;

public sealed class LogFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evenkeel-logs-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "web-1.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_line_says_when_who_and_where()
    {
        using (var file = new LogFile(Path))
        {
            file.Append(Line("listening", isError: false));
            file.Append(Line("no memory", isError: true));
        }

        Assert.Equal(
            ["2026-11-20T12:01:03.214Z web-1#3 out listening", "2026-11-20T12:01:03.214Z web-1#3 err no memory"],
            File.ReadAllLines(Path));
    }

    [Fact]
    public void An_existing_file_is_appended_to()
    {
        File.WriteAllText(Path, "before\n");
        using (var file = new LogFile(Path))
        {
            file.Append(Line("after", isError: false));
        }

        Assert.StartsWith("before\n2026", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_at_its_limit_is_set_aside_and_only_one_is_kept()
    {
        using (var file = new LogFile(Path, limit: 100))
        {
            for (var i = 0; i < 20; i++)
            {
                file.Append(Line($"line {i}", isError: false));
                file.Flush();
            }
        }

        Assert.Equal([Path, Path + ".1"], Directory.GetFiles(_folder).Order());
        Assert.InRange(new FileInfo(Path + ".1").Length, 100, 150);
        Assert.EndsWith("line 19", File.ReadAllLines(Path)[^1], StringComparison.Ordinal);
    }

    private static LogLine Line(string text, bool isError) =>
        new(new DateTimeOffset(2026, 11, 20, 12, 1, 3, 214, TimeSpan.Zero), "web", "web-1", 3, isError, text);
}
