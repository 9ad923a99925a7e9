using System.Text;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Portable;

namespace EvenKeel.Fleet.Guard;

/// <summary>A guardian behind System.Diagnostics.Process. A write may wait there when the guardian hangs and its pipe is full.</summary>
internal sealed class PortableGuardianLink : IGuardianLink
{
    private readonly Stream _input;

    private PortableGuardianLink(PortableProcess process, Stream input)
    {
        _input = input;
        Process = process;
    }

    /// <inheritdoc/>
    public ISpawnedProcess Process { get; }

    /// <summary>Starts a guardian.</summary>
    public static PortableGuardianLink Open(ProcessStart start, TimeProvider time)
    {
        PortableProcess process = new PortableProcessSpawner(time).Start(start, out Stream input);
        return new PortableGuardianLink(process, input);
    }

    /// <inheritdoc/>
    public bool TryWrite(string line)
    {
        try
        {
            _input.Write(Encoding.ASCII.GetBytes(line + '\n'));
            _input.Flush();
            return true;
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // The guardian has ended: there is nothing left to flush to.
        }

        Process.Dispose();
    }
}
