using System.Text;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Tests.Processes;

/// <summary>Starts small shell programs, and waits for conditions with a deadline.</summary>
internal static class Programs
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Plain = new() { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };

    public static ProcessStart Shell(string script, params (string Name, string Value)[] environment)
    {
        Dictionary<string, string> variables = new(Plain);
        foreach ((string name, string value) in environment)
        {
            variables[name] = value;
        }

        return new ProcessStart(["sh", "-c", script], "/", variables);
    }

    public static ProcessStart Run(params string[] command) => new(command, "/", Plain);

    public static async Task<string> ReadToEndAsync(Stream stream)
    {
        using StreamReader reader = new(stream, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    public static async Task<string> ReadLineAsync(Stream stream)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        using CancellationTokenSource deadline = new(Deadline, TimeProvider.System);
        while (true)
        {
            Assert.True(await stream.ReadAsync(one, deadline.Token) == 1, $"The output ended where a line was expected, after '{line}'.");
            if (one[0] == '\n')
            {
                break;
            }

            line.Append((char)one[0]);
        }

        return line.ToString();
    }

    public static Task<ProcessExit> ExitAsync(ISpawnedProcess process) =>
        process.Exited.WaitAsync(Deadline, TestContext.Current.CancellationToken);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        while (!condition())
        {
            Assert.True(time.GetElapsedTime(start) < Deadline, $"After {Deadline.TotalSeconds} s still not: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, TestContext.Current.CancellationToken);
        }
    }
}
