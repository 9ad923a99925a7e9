using System.Net;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Transport.Tls;

// What the connection below reports, and the operations of a socket as libssl performs them.
internal sealed partial class TlsConnection
{
    private ReadOnlyMemory<byte> _plaintextReply;
    private string? _failure;
    private bool _shutdownSent;

    /// <inheritdoc/>
    public override int QueuedBytes => base.QueuedBytes + (_stage == Stage.Established ? _below.QueuedBytes : 0);

    /// <inheritdoc/>
    protected override byte[] ReceiveBuffer => Thread.PlainBuffer;

    /// <inheritdoc/>
    protected override bool IsFlushed => _stage != Stage.Established || !_below.AskForDrained();

    /// <inheritdoc/>
    protected override bool MayStillReceive => _stage == Stage.Established;

    /// <inheritdoc/>
    public override void PauseReceive()
    {
        base.PauseReceive();
        if (_stage == Stage.Established)
        {
            _below.PauseReceive();
        }
    }

    /// <inheritdoc/>
    public override void EndFollows()
    {
        if (_stage == Stage.Established)
        {
            _session?.ShutdownFollows();
        }
    }

    /// <inheritdoc/>
    public override void ResumeReceive()
    {
        base.ResumeReceive();
        if (_stage == Stage.Established)
        {
            _below.ResumeReceive();
        }
    }

    /// <inheritdoc/>
    protected override void OnUnblocked()
    {
        if (_stage == Stage.Established)
        {
            _below.ResumeReceive();
        }
    }

    /// <summary>Ciphertext has arrived; answers how much of it was taken.</summary>
    public unsafe int OnCipherReceived(Span<byte> bytes)
    {
        if (_session is null || !MayTake())
        {
            return _session is null ? bytes.Length : 0;
        }

        int left;
        fixed (byte* buffer = bytes)
        {
            _session.Give(buffer, bytes.Length);
            Progress();
            left = _session?.TakeBack() ?? 0;
        }

        if (left > 0)
        {
            // Presented again before anything new is read: at once, or when the pause of the connection above ends.
            _below.PauseReceive();
            if (!IsPaused)
            {
                _below.ResumeReceive();
            }
        }

        return bytes.Length - left;
    }

    /// <summary>The stream of ciphertext has ended.</summary>
    public void OnCipherEnded()
    {
        if (_session is null)
        {
            _below.Close();
            return;
        }

        _session.EndInput();
        Progress();
    }

    /// <summary>The connection below has sent what was queued.</summary>
    public void OnCipherDrained()
    {
        if (_stage == Stage.Established)
        {
            Writable();
        }
    }

    /// <summary>The connection below is over.</summary>
    public void OnCipherClosed(CloseReason reason)
    {
        bool wasHandshaking = IsHandshaking;
        _stage = Stage.Ended;
        _timer?.Cancel();
        if (_session is not null && wasHandshaking && reason == CloseReason.Reset)
        {
            _failure = "the other side reset the connection during the handshake";
            reason = CloseReason.HandshakeFailed;
        }

        FreeSession();
        if (_acceptor is null || _wasAdopted)
        {
            End(reason);
        }
    }

    /// <inheritdoc/>
    protected override int TryReceive(Span<byte> into)
    {
        if (_session is null)
        {
            return Transfer.Failed;
        }

        int received = _session.Read(into);
        if (received == Transfer.Failed)
        {
            TlsError error = _session.Error!.Value;
            _failure = error.Text;
            End(error.IsSsl(OpenSslValues.ReasonUnexpectedEof) ? CloseReason.Truncated : CloseReason.Reset);
        }

        return received;
    }

    /// <inheritdoc/>
    protected override int TrySend(ReadOnlySpan<byte> bytes)
    {
        int sent = 0;
        bool failed = false;
        while (sent < bytes.Length)
        {
            if (_session is null || _session.SinkClosed)
            {
                break;
            }

            if (_below.AskForDrained())
            {
                break;
            }

            int record = _session.WriteRecord(bytes[sent..]);
            if (record < 0)
            {
                failed = true;
                break;
            }

            // A record that did not leave whole cannot be read: nothing of it counts as sent, while those before it do.
            sent += _session.SinkClosed ? 0 : record;
        }

        return sent > 0 ? sent : failed || _session is not { SinkClosed: false } ? Transfer.Failed : Transfer.WouldBlock;
    }

    /// <inheritdoc/>
    protected override bool AwaitReadable() => _session is { HasMore: true };

    /// <inheritdoc/>
    protected override bool AwaitWritable() => false;

    /// <inheritdoc/>
    protected override bool TryShutdownOutput()
    {
        SendCloseNotify();
        _below.ShutdownSend();
        return _session is { SinkClosed: false };
    }

    /// <inheritdoc/>
    protected override void CloseDescriptor(bool reset)
    {
        if (_stage == Stage.Failed)
        {
            return;
        }

        _timer?.Cancel();
        if (reset)
        {
            _stage = Stage.Ended;
            FreeSession();
            _below.Abort();
            return;
        }

        SendCloseNotify();
        _stage = Stage.Ended;
        FreeSession();
        _below.Close();
        if (_below.QueuedBytes > 0)
        {
            // Nobody is left who would abort it when the other side reads nothing.
            _timer = Thread.Schedule(Linger, static state => ((StreamConnection)state!).Abort(), _below);
        }
    }

    /// <inheritdoc/>
    protected override IPEndPoint? ReadLocal() => _below.Local;

    /// <summary>Goes on with the handshake or, after it, takes a turn while the ciphertext is there.</summary>
    private void Progress()
    {
        if (IsHandshaking)
        {
            _stage = Stage.Handshake;
            StepHandshake();
        }

        if (_stage == Stage.Established)
        {
            Readable();
            Turn();
        }
    }

    /// <summary>May bytes be given to libssl now? During the handshake the gate decides; after it, the pause.</summary>
    private bool MayTake()
    {
        switch (_stage)
        {
            case Stage.Handshake when !Thread.Handshakes.TryEnter(this):
                _stage = Stage.Waiting;
                _below.PauseReceive();
                return false;
            case Stage.Waiting:
                return false;
            case Stage.Established when IsPaused:
                _below.PauseReceive();
                return false;
            default:
                return true;
        }
    }

    private void SendCloseNotify()
    {
        if (!_shutdownSent && _stage == Stage.Established)
        {
            // Of both who ask for it, the one shuts the connection below down and the other closes it.
            _shutdownSent = true;
            _below.EndFollows();
            _session?.Shutdown();
        }
    }
}
