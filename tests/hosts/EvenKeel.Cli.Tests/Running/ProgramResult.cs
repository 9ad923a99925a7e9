using System.Text.Json.Nodes;

namespace EvenKeel.Cli.Tests.Running;

/// <summary>How a run of the program ended.</summary>
/// <param name="CommandLine">What was run.</param>
/// <param name="Exit">Its exit code.</param>
/// <param name="Out">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
internal sealed record ProgramResult(string CommandLine, int Exit, string Out, string Error)
{
    /// <summary>The output's only JSON document; anything beside it fails the test.</summary>
    public JsonNode Json => JsonNode.Parse(Out) ?? throw new InvalidOperationException($"{CommandLine} printed null");

    /// <summary>Fails the test with all that was printed unless the exit code is this one.</summary>
    public ProgramResult Ended(int exit)
    {
        Assert.True(Exit == exit, $"{CommandLine}\nended with {Exit}, not with {exit}\n--- stdout\n{Out}\n--- stderr\n{Error}");
        return this;
    }

    /// <summary>Fails the test unless standard error has all of these texts.</summary>
    public ProgramResult Said(params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.True(
                Error.Contains(text, StringComparison.Ordinal),
                $"{CommandLine}\ndid not say '{text}' on stderr\n--- stdout\n{Out}\n--- stderr\n{Error}");
        }

        return this;
    }

    /// <summary>Fails the test unless standard output has all of these texts.</summary>
    public ProgramResult Printed(params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.True(
                Out.Contains(text, StringComparison.Ordinal),
                $"{CommandLine}\ndid not print '{text}' on stdout\n--- stdout\n{Out}\n--- stderr\n{Error}");
        }

        return this;
    }

    /// <summary>Fails the test if anything came to standard output.</summary>
    public ProgramResult PrintedNothing()
    {
        Assert.True(Out.Length == 0, $"{CommandLine}\nprinted on stdout:\n{Out}");
        return this;
    }
}
