using System.Text.Json;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Recording;
using EvenKeel.Proof.Tests.Servers;

namespace EvenKeel.Proof.Tests.Recording;

public sealed class RecordingTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 1, 12, 49, TimeSpan.Zero);

    [Fact]
    public void An_empty_gitignore_is_written_anew()
    {
        using var folder = new TemporaryFolder();
        var ignore = Path.Combine(folder.Path, ".gitignore");
        File.WriteAllText(ignore, "");

        RunFolder.Create(folder.Path, "prove", 7, Start);

        Assert.Equal("*\n", File.ReadAllText(ignore));
    }

    [Fact]
    public void Runs_of_the_same_second_get_folders_of_their_own_and_latest_is_the_newest()
    {
        using var folder = new TemporaryFolder();

        var first = RunFolder.Create(Path.Combine(folder.Path, ".evenkeel"), "prove", 7, Start);
        var second = RunFolder.Create(Path.Combine(folder.Path, ".evenkeel"), "prove", 7, Start);

        Assert.Equal("20261121T011249Z-prove-7", first.Name);
        Assert.Equal("20261121T011249Z-prove-7-2", second.Name);
        Assert.True(Directory.Exists(second.Logs));
        Assert.Equal("*\n", File.ReadAllText(Path.Combine(folder.Path, ".evenkeel", ".gitignore")));
        var latest = Path.Combine(folder.Path, ".evenkeel", "runs", "latest");
        Assert.Equal(second.Name, OperatingSystem.IsWindows() ? File.ReadAllText(latest).Trim() : new DirectoryInfo(latest).LinkTarget);
    }

    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 0, 1, 2, 5, 7, 8 }, "0-2,5,7-8")]
    [InlineData(new[] { 3 }, "3")]
    public void Elements_are_written_as_ranges_of_their_numbers(int[] numbers, string ranges)
    {
        Assert.Equal(ranges, HistoryLines.Ranges(numbers));
    }

    [Fact]
    public async Task Every_operation_is_a_line_and_every_element_is_named_before_it_is_shown()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "history.jsonl");
        History history;
        int next;
        await using (var file = new LineFile(path))
        {
            await using var recorder = new OperationRecorder("faults", 10, file);
            await recorder.AddAsync(Operation(OperationKind.Add) with { ElementId = "1", Value = "a" }, null, CancellationToken.None);
            await recorder.AddAsync(
                Operation(OperationKind.List),
                [new Element("1", "a"), new Element("2", "b"), new Element("1", "a")],
                CancellationToken.None);
            (history, next) = await recorder.CompleteAsync();
        }

        Assert.Equal(12, next);
        Assert.Equal([10, 11], history.Operations.Select(operation => operation.Index));
        var lines = (await File.ReadAllLinesAsync(path)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["operation", "element", "element", "operation"], lines.Select(line => line.GetProperty("kind").GetString()!));
        Assert.Equal("0-1", lines[3].GetProperty("elements").GetString());
        Assert.Equal("0", lines[3].GetProperty("repeated").GetString());
        Assert.Equal(1_500_000, lines[3].GetProperty("sentNs").GetInt64());
        Assert.All(lines, line => Assert.Equal(1, line.GetProperty("schemaVersion").GetInt32()));
    }

    [Fact]
    public async Task A_full_queue_makes_writers_wait_and_drops_nothing()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "lines");
        await using (var file = new LineFile(path))
        {
            for (var line = 0; line < LineFile.Capacity * 3; line++)
            {
                await file.AddAsync("x"u8.ToArray(), CancellationToken.None);
            }
        }

        Assert.Equal(LineFile.Capacity * 3, (await File.ReadAllLinesAsync(path)).Length);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_reported_and_does_not_stop_the_run()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "SKIPPED, /dev/full is not here: it is a device of Linux");
        var file = new LineFile("/dev/full");

        for (var line = 0; line < 10; line++)
        {
            await file.AddAsync(new byte[100_000], CancellationToken.None);
        }

        await file.DisposeAsync();
        Assert.Contains("/dev/full could not be written", file.Failure, StringComparison.Ordinal);
    }

    private static Operation Operation(OperationKind kind) => new()
    {
        Index = 0,
        Session = "s1",
        Kind = kind,
        Intended = TimeSpan.FromMilliseconds(1),
        Sent = TimeSpan.FromMilliseconds(1.5),
        End = TimeSpan.FromMilliseconds(2),
        Outcome = OperationOutcome.Ok,
        Status = 200,
    };
}
