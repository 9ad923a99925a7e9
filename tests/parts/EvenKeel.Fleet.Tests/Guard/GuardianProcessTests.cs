using System.Globalization;
using EvenKeel.Fleet.Processes.Native;
using EvenKeel.Fleet.Processes.Sessions;
using EvenKeel.Fleet.Tests.Processes;

namespace EvenKeel.Fleet.Tests.Guard;

[Trait("Category", "Process")]
public sealed class GuardianProcessTests
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    /// <summary>An instance with all that clings to life: each line of its output is a name and a number.</summary>
    private const string Stubborn = """
        sh -c 'trap "" TERM INT HUP; echo stubborn $$; while :; do sleep 1; done' &
        sleep 1000 & kill -STOP $! ; echo stopped $!
        setsid sh -c 'echo escaped $$; exec sleep 1001' &
        setsid -f sh -c 'echo daemon $$; exec sleep 1002'
        ("$PROGRAM" listen 127.0.0.1 | sed -u 's/^/port /') &
        wait
        """;

    [Fact]
    public async Task Nothing_survives_a_supervisor_that_is_killed_and_its_ports_are_free_again()
    {
        using Supervised supervisor = new(Stubborn);
        int port = await supervisor.NumberAsync("port");
        int[] doomed =
        [
            await supervisor.NumberAsync("instance"), await supervisor.NumberAsync("guardian"), await supervisor.NumberAsync("stubborn"),
            await supervisor.NumberAsync("stopped"), await supervisor.NumberAsync("escaped"), await supervisor.NumberAsync("daemon"),
        ];
        Assert.All(doomed, pid => Assert.True(Supervised.IsAlive(pid)));
        Assert.NotEmpty(ListeningSockets.OnLoopback(port));

        long start = TimeProvider.System.GetTimestamp();
        supervisor.KillSupervisor();
        await Programs.UntilAsync(() => supervisor.Processes().Count == 0, "all have ended");
        TimeSpan took = TimeProvider.System.GetElapsedTime(start);

        TestContext.Current.SendDiagnosticMessage($"Nothing was left {took.TotalMilliseconds:F0} ms after the kill");
        Assert.InRange(took, TimeSpan.Zero, IsOverloaded() ? Programs.Deadline : Promise);
        Assert.All(doomed, pid => Assert.False(Supervised.IsAlive(pid)));
        Assert.Empty(ListeningSockets.OnLoopback(port));
    }

    [Fact]
    public async Task A_supervisor_that_ends_in_order_takes_its_guardian_along_and_nothing_else()
    {
        using Supervised supervisor = new("echo sleeper $$; exec sleep 1000");
        int guardian = await supervisor.NumberAsync("guardian");
        int sleeper = await supervisor.NumberAsync("sleeper");
        supervisor.CloseInput();
        Assert.Equal(0, (await supervisor.Exited.WaitAsync(Programs.Deadline, TestContext.Current.CancellationToken)).Code);
        Assert.False(Supervised.IsAlive(guardian));
        Assert.True(Supervised.IsAlive(sleeper));
    }

    [Fact]
    public async Task The_guardian_ends_by_its_pipe_alone_whatever_signals_it_gets()
    {
        using Supervised supervisor = new("echo sleeper $$; exec sleep 1000");
        int guardian = await supervisor.NumberAsync("guardian");
        int sleeper = await supervisor.NumberAsync("sleeper");
        foreach (int signal in new[] { 1, 2, 3, 15 })
        {
            Assert.Equal(0, ProcessCalls.Kill(guardian, signal));
        }

        // A signal that ended it would have done so before it reads the end of its pipe.
        supervisor.KillSupervisor();
        await Programs.UntilAsync(() => supervisor.Processes().Count == 0, "all have ended");
        Assert.False(Supervised.IsAlive(sleeper));
    }

    [Fact]
    public async Task A_guardian_that_dies_is_replaced_by_one_that_guards_what_was_started_before()
    {
        using Supervised supervisor = new("echo sleeper $$; exec sleep 1000");
        int first = await supervisor.NumberAsync("guardian");
        int sleeper = await supervisor.NumberAsync("sleeper");
        Assert.Equal(0, ProcessCalls.Kill(first, 9));
        int second = await supervisor.NumberAsync("guardian", except: first);
        Assert.True(Supervised.IsAlive(second));
        Assert.True(Supervised.IsAlive(sleeper));
        supervisor.KillSupervisor();
        await Programs.UntilAsync(() => supervisor.Processes().Count == 0, "all have ended");
        Assert.False(Supervised.IsAlive(sleeper));
    }

    [Fact]
    public async Task The_guardian_of_a_supervisor_within_an_instance_is_found_by_the_outer_one()
    {
        using Supervised outer = new(
            "\"$PROGRAM\" supervise 'echo inner-sleeper $$; exec sleep 1000' | sed -u 's/^guardian/inner-guardian/; s/^instance/inner-instance/'");
        int inner = await outer.NumberAsync("inner-guardian");
        int sleeper = await outer.NumberAsync("inner-sleeper");
        outer.KillSupervisor();
        await Programs.UntilAsync(() => outer.Processes().Count == 0, "all have ended");
        Assert.False(Supervised.IsAlive(inner));
        Assert.False(Supervised.IsAlive(sleeper));
    }

    /// <summary>With more than four threads that want each processor, time says nothing about the guardian.</summary>
    private static bool IsOverloaded() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) > 4 * Environment.ProcessorCount;
}
