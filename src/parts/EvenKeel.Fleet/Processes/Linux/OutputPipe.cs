using System.Runtime.InteropServices;
using EvenKeel.Fleet.Processes.Native;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>A pipe(7) whose two ends are close-on-exec and have numbers above the standard descriptors.</summary>
internal sealed unsafe class OutputPipe : IDisposable
{
    private const int FirstFree = 3;

    private OutputPipe(SafeFileHandle reader, SafeFileHandle writer)
    {
        Reader = reader;
        Writer = writer;
    }

    /// <summary>The end that is read.</summary>
    public SafeFileHandle Reader { get; }

    /// <summary>The end that is written.</summary>
    public SafeFileHandle Writer { get; }

    /// <summary>Opens a pipe.</summary>
    /// <exception cref="ProcessStartException">No more files may be opened.</exception>
    public static OutputPipe Open()
    {
        int* ends = stackalloc int[2];
        if (DescriptorCalls.Pipe(ends, DescriptorCalls.CloseOnExec) != 0)
        {
            throw OutOfDescriptors();
        }

        SafeFileHandle reader = new(AboveStandard(ends[0]), ownsHandle: true);
        SafeFileHandle writer = new(AboveStandard(ends[1]), ownsHandle: true);
        if (reader.IsInvalid || writer.IsInvalid)
        {
            reader.Dispose();
            writer.Dispose();
            throw OutOfDescriptors();
        }

        return new OutputPipe(reader, writer);
    }

    /// <summary>Makes reads or writes of one end return at once; the other end, which another process may hold, is not touched.</summary>
    public static void Unblock(SafeFileHandle end)
    {
        int descriptor = (int)end.DangerousGetHandle();
        int flags = DescriptorCalls.Control(descriptor, DescriptorCalls.GetStatusFlags, 0);
        _ = DescriptorCalls.Control(descriptor, DescriptorCalls.SetStatusFlags, flags | DescriptorCalls.NonBlocking);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }

    /// <summary>A parent that was started with closed standard descriptors gets 0, 1 or 2 for a pipe, and the child's dup2 would destroy it.</summary>
    private static int AboveStandard(int descriptor)
    {
        if (descriptor >= FirstFree)
        {
            return descriptor;
        }

        int moved = DescriptorCalls.Control(descriptor, DescriptorCalls.DuplicateFrom, FirstFree);
        _ = DescriptorCalls.Close(descriptor);
        return moved;
    }

    private static ProcessStartException OutOfDescriptors() => new(
        $"No pipe for a process could be opened ({Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}): "
        + "this process has too many open files; raise the limit (ulimit -n).");
}
