using System.Runtime.InteropServices;
using System.Text;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;
using EvenKeel.Fleet.Processes.Native;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Guard;

/// <summary>
/// A guardian in a session of its own. The writing end is close-on-exec and instances inherit standard descriptors only, so nobody but this
/// process holds it, and it ends when this process does, however that happens.
/// </summary>
internal sealed class LinuxGuardianLink : IGuardianLink
{
    private readonly SafeFileHandle _writer;

    private LinuxGuardianLink(SafeFileHandle writer, ISpawnedProcess process)
    {
        _writer = writer;
        Process = process;
    }

    /// <inheritdoc/>
    public ISpawnedProcess Process { get; }

    /// <summary>Starts a guardian.</summary>
    public static LinuxGuardianLink Open(ProcessStart start, TimeProvider time)
    {
        OutputPipe pipe = OutputPipe.Open();
        try
        {
            OutputPipe.Unblock(pipe.Writer);
            LinuxProcess process = new LinuxProcessSpawner(time).Start(start, pipe.Reader);
            pipe.Reader.Dispose();
            return new LinuxGuardianLink(pipe.Writer, process);
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public unsafe bool TryWrite(string line)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(line + '\n');
        fixed (byte* start = bytes)
        {
            while (!_writer.IsClosed)
            {
                if (DescriptorCalls.Write(_writer, start, (nuint)bytes.Length) == bytes.Length)
                {
                    return true;
                }

                if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
                {
                    return false;
                }
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        Process.Dispose();
    }
}
