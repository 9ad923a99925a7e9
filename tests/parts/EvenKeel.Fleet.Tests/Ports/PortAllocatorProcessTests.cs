using EvenKeel.Fleet.Ports;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;
using EvenKeel.Fleet.Tests.Processes;

namespace EvenKeel.Fleet.Tests.Ports;

[Trait("Category", "Process")]
public sealed class PortAllocatorProcessTests : IDisposable
{
    private const int Each = 40;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Two_processes_that_reserve_at_the_same_time_never_get_the_same_port()
    {
        using Reserving one = new(_directory.Path), two = new(_directory.Path);
        await Task.WhenAll(one.ReadyAsync(), two.ReadyAsync());
        one.Go();
        two.Go();
        string[][] ports = await Task.WhenAll(one.PortsAsync(), two.PortsAsync());
        Assert.Equal(2 * Each, ports[0].Concat(ports[1]).Distinct().Count());
    }

    [Fact]
    public async Task What_a_process_reserved_is_free_when_it_was_killed()
    {
        using Reserving other = new(_directory.Path);
        await other.ReadyAsync();
        other.Go();
        int port = int.Parse((await other.PortsAsync())[0], System.Globalization.CultureInfo.InvariantCulture);
        PortAllocator allocator = new(_directory.Path, PortRange.OfThisSystem());
        Assert.Contains(
            $"is reserved by process {other.Process.Id} (",
            Assert.Throws<PortUnavailableException>(() => allocator.Reserve(port)).Message,
            StringComparison.Ordinal);
        other.Process.Signal(ProcessSignal.Kill);
        await Programs.ExitAsync(other.Process);
        using PortReservation reservation = allocator.Reserve(port);
        Assert.Equal(port, reservation.Port);
    }

    private sealed class Reserving : IDisposable
    {
        private readonly OutputPipe _input = OutputPipe.Open();

        public Reserving(string directory)
        {
            Process = new LinuxProcessSpawner(TimeProvider.System).Start(
                new ProcessStart([CompanionProgram.Executable, "ports", directory, $"{Each}"], "/", CompanionProgram.Environment), _input.Reader);
            _input.Reader.Dispose();
        }

        public LinuxProcess Process { get; }

        public async Task ReadyAsync() => Assert.Equal("ready", await Programs.ReadLineAsync(Process.Output));

        public void Go()
        {
            using FileStream writer = new(
                new Microsoft.Win32.SafeHandles.SafeFileHandle(_input.Writer.DangerousGetHandle(), ownsHandle: false), FileAccess.Write);
            writer.WriteByte((byte)'\n');
        }

        public async Task<string[]> PortsAsync()
        {
            string[] ports = new string[Each];
            for (int index = 0; index < Each; index++)
            {
                ports[index] = await Programs.ReadLineAsync(Process.Output);
            }

            return ports;
        }

        public void Dispose()
        {
            Process.Signal(ProcessSignal.Kill);
            Process.Dispose();
            _input.Dispose();
        }
    }
}
