using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Tests.Values;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("node server.js", "node|server.js")]
    [InlineData("  node\t server.js ", "node|server.js")]
    [InlineData("node 'two words'", "node|two words")]
    [InlineData("node \"two words\"", "node|two words")]
    [InlineData("node two\\ words", "node|two words")]
    [InlineData("node --x='a b'c\"d e\"", "node|--x=a bcd e")]
    [InlineData("node ''", "node|")]
    [InlineData("node '\\n'", "node|\\n")]
    [InlineData("node \"\\\"\\\\\\$\\`\\n\"", "node|\"\\$`\\n")]
    [InlineData("sh -c 'a && b | c'", "sh|-c|a && b | c")]
    [InlineData("curl http://x/?a=1&b=2", "curl|http://x/?a=1&b=2")]
    [InlineData("echo '>'", "echo|>")]
    public void A_command_is_split_as_a_shell_would(string text, string words)
    {
        Assert.True(CommandText.TrySplit(text, out var split, out _));
        Assert.Equal(words.Split('|'), split.Count == words.Split('|').Length ? split : [.. string.Join('|', split).Split('|')]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("''", "program's name")]
    [InlineData("node 'x", "single quote")]
    [InlineData("node \"x", "double quote")]
    [InlineData("node x\\", "backslash")]
    [InlineData("cd x && node y", "sh -c")]
    [InlineData("node x > log", "sh -c")]
    [InlineData("a | b", "sh -c")]
    [InlineData("a ; b", "sh -c")]
    public void What_no_program_could_be_started_from_is_refused(string text, string reason)
    {
        Assert.False(CommandText.TrySplit(text, out _, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }
}
