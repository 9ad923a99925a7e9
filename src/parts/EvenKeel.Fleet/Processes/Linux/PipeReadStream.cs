using System.Runtime.InteropServices;
using EvenKeel.Fleet.Processes.Native;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>
/// Reads a pipe without a thread that waits. One read at a time. It ends when every process that holds the writing end closed it. Disposing it
/// fails a read that waits with <see cref="ObjectDisposedException"/>.
/// </summary>
internal sealed class PipeReadStream : Stream
{
    private readonly SafeFileHandle _pipe;
    private readonly Lock _gate = new();
    private readonly long _token;
    private TaskCompletionSource? _readable;
    private bool _armedBefore;
    private bool _disposed;

    /// <summary>Takes ownership of the reading end.</summary>
    public PipeReadStream(SafeFileHandle pipe)
    {
        _pipe = pipe;
        OutputPipe.Unblock(pipe);
        _token = DescriptorPoller.Shared.Register(OnReadable);
    }

    /// <inheritdoc/>
    public override bool CanRead => !_disposed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException("A pipe has no length.");

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException("A pipe has no position.");
        set => throw new NotSupportedException("A pipe has no position.");
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryRead(buffer.Span) is { } count)
            {
                return count;
            }

            await WhenReadable().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        int? read;
        while ((read = TryRead(buffer.AsSpan(offset, count))) is null)
        {
            WhenReadable().GetAwaiter().GetResult();
        }

        return read.Value;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A pipe cannot seek.");

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("A pipe has no length.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("This end of the pipe is for reading.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DescriptorPoller.Shared.Forget(_token);
            TaskCompletionSource? waiting;
            lock (_gate)
            {
                _disposed = true;
                waiting = _readable;
                _readable = null;
            }

            _pipe.Dispose();
            waiting?.TrySetResult();
        }

        base.Dispose(disposing);
    }

    /// <summary>The count of bytes, 0 at the end; null when there is nothing to read yet.</summary>
    private unsafe int? TryRead(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
            {
                count = DescriptorCalls.Read(_pipe, start, (nuint)buffer.Length);
            }

            if (count >= 0)
            {
                return (int)count;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Again:
                    return null;
                case Errno.Interrupted:
                    break;
                case int error:
                    throw new IOException($"The output of a process could not be read ({Marshal.GetPInvokeErrorMessage(error)}).");
            }
        }
    }

    private Task WhenReadable()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_readable is null)
            {
                // The callback takes the same lock, so it cannot run before the field is set.
                DescriptorPoller.Shared.Arm(_pipe, _token, first: !_armedBefore);
                _armedBefore = true;
                _readable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _readable.Task;
        }
    }

    private void OnReadable()
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            waiting = _readable;
            _readable = null;
        }

        waiting?.TrySetResult();
    }
}
