using System.Text;
using EvenKeel.Fleet.Guard;

namespace EvenKeel.Fleet.Tests.Guard;

public sealed class GuardLinesTests
{
    [Fact]
    public async Task Lines_are_read_whole_and_a_last_one_without_an_end_is_not_read() =>
        Assert.Equal(["mark a", "", "bye"], await ReadAsync("mark a\n\nbye\nadd 1"));

    [Fact]
    public async Task Of_a_line_that_is_too_long_no_more_is_kept_than_shows_that_it_is()
    {
        List<string> lines = await ReadAsync(new string('a', 100_000) + "\nbye\n");
        Assert.Equal(GuardProtocol.LineLimit + 1, lines[0].Length);
        Assert.Equal("bye", lines[1]);
        Assert.False(new GuardBook().Apply(lines[0]));
    }

    [Fact]
    public async Task The_program_ends_with_0_on_bye_without_looking_for_anything()
    {
        StringWriter output = new();
        int code = await GuardianProgram.RunAsync(
            new MemoryStream("nonsense\nbye\n"u8.ToArray()), output, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        Assert.StartsWith("ready\nA line of the supervisor was not understood", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<List<string>> ReadAsync(string text)
    {
        List<string> lines = [];
        await foreach (string line in GuardLines.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return lines;
    }
}
