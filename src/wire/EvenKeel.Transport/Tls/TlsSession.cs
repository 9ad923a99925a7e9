using System.Buffers;
using System.Runtime.InteropServices;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Transport.Tls;

/// <summary>One SSL of libssl and what it reads from and writes to. Used on one loop only; freed by <see cref="Free"/>.</summary>
internal sealed unsafe class TlsSession
{
    // What one step of a handshake sends goes out together when it fits in here, as nearly all of it does.
    private const int MostHeld = 4096;

    private readonly Connection _sink;
    private nint _ssl;
    private GCHandle _self;
    private byte* _input;
    private bool _isGathering;
    private byte[]? _held;
    private int _heldLength;

    /// <summary>Makes the session of an accepted connection.</summary>
    public TlsSession(TlsServerContext server, Connection sink)
        : this(server.Default, sink)
    {
        Server = server;
        OpenSsl.SSL_set_accept_state(_ssl);
    }

    /// <summary>Makes the session of a connection that this side makes.</summary>
    public TlsSession(TlsClient client, TlsResumption? resumption, Connection sink)
        : this(client.Context, sink)
    {
        Resumption = resumption;
        OpenSsl.SSL_set_connect_state(_ssl);
        client.Prepare(_ssl);
        resumption?.Offer(_ssl);
    }

    private TlsSession(SslContextHandle context, Connection sink)
    {
        _sink = sink;
        _ssl = OpenSsl.SSL_new(context);
        if (_ssl == 0)
        {
            throw new TlsException($"libssl made no connection: {TlsErrors.Take().Text}");
        }

        _self = GCHandle.Alloc(this);
        nint bio = ConnectionBio.Create(_self);
        OpenSsl.SSL_set_bio(_ssl, bio, bio);
        NativeCount.Connections.Add(1);
    }

    /// <summary>The certificates to choose from; null on the client's side.</summary>
    public TlsServerContext? Server { get; }

    /// <summary>Where a client keeps its session; null when it keeps none.</summary>
    public TlsResumption? Resumption { get; }

    /// <summary>Given bytes that were not read yet.</summary>
    public int InputLeft { get; private set; }

    /// <summary>True once the transport's stream has ended.</summary>
    public bool InputEnded { get; private set; }

    /// <summary>True when nothing is left and nothing will come.</summary>
    public bool IsAtEnd => InputEnded && InputLeft == 0;

    /// <summary>True once the transport took no more bytes.</summary>
    public bool SinkClosed { get; private set; }

    /// <summary>True when the last read answered bytes but has also met the end or an error, which the next one answers.</summary>
    public bool HasMore { get; private set; }

    /// <summary>What went wrong, once something did.</summary>
    public TlsError? Error { get; private set; }

    /// <summary>Why the other side's certificate is not trusted, or null.</summary>
    public string? VerifyError
        => OpenSsl.SSL_get_verify_result(_ssl) is not 0 and var error
            ? Marshal.PtrToStringUTF8((nint)OpenSslCrypto.X509_verify_cert_error_string(error))
            : null;

    /// <summary>What was agreed on.</summary>
    public TlsDetails Details => new(
        OpenSsl.SSL_version(_ssl) == OpenSslValues.VersionTls13 ? "1.3" : "1.2",
        OpenSsl.SSL_session_reused(_ssl) == 1,
        Marshal.PtrToStringUTF8((nint)OpenSsl.SSL_get_servername(_ssl, 0)));

    /// <summary>Gives borrowed bytes to read; they must be taken back before they go.</summary>
    public void Give(byte* bytes, int length)
    {
        _input = bytes;
        InputLeft = length;
    }

    /// <summary>Takes back what was not read and answers its length.</summary>
    public int TakeBack()
    {
        int left = InputLeft;
        InputLeft = 0;
        return left;
    }

    /// <summary>The transport's stream has ended.</summary>
    public void EndInput() => InputEnded = true;

    /// <summary>Reads given bytes, for libssl.</summary>
    public int TakeInput(Span<byte> into)
    {
        int count = Math.Min(into.Length, InputLeft);
        new ReadOnlySpan<byte>(_input, count).CopyTo(into);
        _input += count;
        InputLeft -= count;
        return count;
    }

    /// <summary>Sends bytes, for libssl. What the transport does not take any more is dropped: its end is heard otherwise.</summary>
    public void Emit(ReadOnlySpan<byte> bytes)
    {
        if (_held is null && !_isGathering)
        {
            Send(bytes);
            return;
        }

        _held ??= ArrayPool<byte>.Shared.Rent(MostHeld);
        if (bytes.Length <= _held.Length - _heldLength)
        {
            bytes.CopyTo(_held.AsSpan(_heldLength));
            _heldLength += bytes.Length;
            if (!_isGathering)
            {
                SendHeld();
            }
        }
        else
        {
            SendHeld();
            Send(bytes);
        }
    }

    /// <summary>Goes on with the handshake: true when it is done, null when more has to arrive, false when it failed.</summary>
    public bool? Handshake()
    {
        OpenSslCrypto.ERR_clear_error();
        _isGathering = true;
        int result = OpenSsl.SSL_do_handshake(_ssl);
        _isGathering = false;

        // The last bytes of a server of TLS 1.3 are tickets, which a client needs for its next connection at the earliest: they leave with what is
        // sent next, be it the end, and cost no call of their own.
        if (result != 1 || Server is null || OpenSsl.SSL_version(_ssl) != OpenSslValues.VersionTls13)
        {
            SendHeld();
        }

        if (result == 1)
        {
            return true;
        }

        if (OpenSsl.SSL_get_error(_ssl, result) == OpenSslValues.ErrorWantRead)
        {
            return null;
        }

        Error = TlsErrors.Take();
        return false;
    }

    /// <summary>Decrypts as much as is there: a number of bytes or a value of <see cref="Transfer"/>.</summary>
    public int Read(Span<byte> into)
    {
        int total = 0;
        HasMore = false;
        fixed (byte* buffer = into)
        {
            while (total < into.Length)
            {
                OpenSslCrypto.ERR_clear_error();
                int read = OpenSsl.SSL_read(_ssl, buffer + total, into.Length - total);
                if (read > 0)
                {
                    total += read;

                    // Nothing is left to decrypt: reading once more would cost as much as reading a small record to hear so.
                    if (InputLeft == 0 && !InputEnded && OpenSsl.SSL_has_pending(_ssl) == 0)
                    {
                        return total;
                    }

                    continue;
                }

                int error = OpenSsl.SSL_get_error(_ssl, read);
                if (error == OpenSslValues.ErrorWantRead)
                {
                    return total > 0 ? total : Transfer.WouldBlock;
                }

                if (error != OpenSslValues.ErrorZeroReturn)
                {
                    Error ??= TlsErrors.Take();
                }

                OpenSslCrypto.ERR_clear_error();
                HasMore = total > 0;
                return total > 0 ? total : error == OpenSslValues.ErrorZeroReturn ? Transfer.Ended : Transfer.Failed;
            }
        }

        return total;
    }

    /// <summary>Encrypts and sends one record: how many bytes went into it, or <see cref="Transfer.Failed"/>.</summary>
    public int WriteRecord(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* buffer = bytes)
        {
            OpenSslCrypto.ERR_clear_error();
            int written = OpenSsl.SSL_write(_ssl, buffer, Math.Min(bytes.Length, OpenSslValues.MaxRecord));
            if (written > 0)
            {
                return written;
            }

            Error ??= TlsErrors.Take();
            return Transfer.Failed;
        }
    }

    /// <summary>What is sent from now on waits for <see cref="Shutdown"/>, when it is little.</summary>
    public void ShutdownFollows() => _isGathering = true;

    /// <summary>Sends close_notify, once.</summary>
    public void Shutdown()
    {
        _isGathering = false;
        OpenSslCrypto.ERR_clear_error();
        _ = OpenSsl.SSL_shutdown(_ssl);
        OpenSslCrypto.ERR_clear_error();
    }

    /// <summary>Frees the native objects; the connection is over. Harmless when they are free.</summary>
    public void Free()
    {
        if (_ssl != 0)
        {
            OpenSsl.SSL_free(_ssl);
            DropHeld();
            _ssl = 0;
            _self.Free();
            NativeCount.Connections.Add(-1);
        }
    }

    private void SendHeld()
    {
        if (_held is not null)
        {
            Send(_held.AsSpan(0, _heldLength));
            DropHeld();
        }
    }

    private void DropHeld()
    {
        if (_held is not null)
        {
            ArrayPool<byte>.Shared.Return(_held);
            _held = null;
            _heldLength = 0;
        }
    }

    private void Send(ReadOnlySpan<byte> bytes) => SinkClosed |= _sink.Send(bytes) == SendResult.Closed;
}
