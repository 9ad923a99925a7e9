using System.Runtime.InteropServices;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Transport.Epoll;

// splice(2): bytes go from a socket into a pipe and from there to the other socket as references to the kernel's pages. It costs two calls more
// for each pass, so that it begins only when a receive of the usual kind shows that much is under way.
internal sealed unsafe partial class EpollConnection
{
    /// <summary>A receive of at least so many bytes makes the next pass a splice: from here on it costs less, see docs/decisions/0002.</summary>
    public const int BulkBytes = 64 * 1024;

    /// <summary>A splice of fewer bytes makes the next pass a copy: below this a splice costs more.</summary>
    public const int LeastBytes = 32 * 1024;

    private bool _isBulk;
    private bool _hasPipe;
    private Pipe _pipe;
    private int _piped;

    /// <inheritdoc/>
    protected override int PipedBytes => _piped;

    /// <inheritdoc/>
    protected override int TrySplice(StreamConnection sink)
    {
        if (!_isBulk || sink is not EpollConnection other || !other.IsOpen || !other.IsDrained || !other.TakePipe())
        {
            return Transfer.Copy;
        }

        nint moved;
        int error = 0;
        do
        {
            moved = Libc.Splice(_descriptor, null, other._pipe.WriteEnd, null, PipePool.Capacity, LinuxValues.SpliceMove | LinuxValues.SpliceNonBlocking);
            error = moved < 0 ? Marshal.GetLastSystemError() : 0;
        }
        while (error == LinuxValues.ErrorInterrupted);

        // The pipe was empty: when nothing could be moved, that was for want of bytes.
        _isBulk = moved >= LeastBytes || (moved < 0 && error == LinuxValues.ErrorAgain);
        if (moved > 0)
        {
            other._piped = (int)moved;
            other.FlushPiped();
        }
        else if (error == LinuxValues.ErrorAgain)
        {
            _hangUp = false;
        }

        other.GiveBackPipe();
        return moved >= 0 ? (int)moved : error == LinuxValues.ErrorAgain ? Transfer.WouldBlock : Transfer.Failed;
    }

    /// <inheritdoc/>
    protected override int TrySendPiped()
    {
        while (true)
        {
            nint sent = Libc.Splice(_pipe.ReadEnd, null, _descriptor, null, (nuint)_piped, LinuxValues.SpliceMove | LinuxValues.SpliceNonBlocking);
            if (sent > 0)
            {
                _piped -= (int)sent;
                GiveBackPipe();
                return (int)sent;
            }

            switch (sent == 0 ? 0 : Marshal.GetLastSystemError())
            {
                case LinuxValues.ErrorInterrupted:
                    continue;
                case LinuxValues.ErrorAgain:
                    return Transfer.WouldBlock;
                default:
                    return Transfer.Failed;
            }
        }
    }

    /// <inheritdoc/>
    protected override void DropPiped()
    {
        if (_hasPipe)
        {
            _hasPipe = false;
            _loop.Pipes.Return(_pipe, isEmpty: _piped == 0);
            _piped = 0;
        }
    }

    private bool TakePipe() => _hasPipe || (_hasPipe = _loop.Pipes.TryRent(out _pipe));

    private void GiveBackPipe()
    {
        if (_piped == 0)
        {
            DropPiped();
        }
    }
}
