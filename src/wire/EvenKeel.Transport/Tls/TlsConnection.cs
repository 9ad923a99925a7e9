using System.Net;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tls;

/// <summary>
/// A connection of plaintext over one of ciphertext. The rules of a connection are those of <see cref="StreamConnection"/>, whose socket is
/// here a session of libssl; it takes its turns when the connection below has something for it. This part: the handshake and the end.
/// <para>
/// An accepted connection: 1. bytes arrive below; 2. the loop's gate gives a step of the handshake, now or later; 3. when libssl says that it
/// is done, the acceptor is asked and the connection opens. One that this side makes takes the same steps and opens after them.
/// </para>
/// </summary>
internal sealed partial class TlsConnection : StreamConnection
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly IConnectionAcceptor? _acceptor;
    private readonly TimeSpan _handshakeTimeout;
    private StreamConnection _below = null!;
    private TlsSession? _session;
    private LoopTimer? _timer;
    private Stage _stage;
    private bool _wasAdopted;
    private TlsDetails? _details;

    private TlsConnection(LoopThread loop, IPEndPoint remote, IConnectionAcceptor? acceptor, TimeSpan handshakeTimeout)
        : base(loop, remote)
    {
        _acceptor = acceptor;
        _handshakeTimeout = handshakeTimeout;
        Cipher = new CipherHandler(this);
        if (acceptor is null)
        {
            loop.Add(this);
        }
    }

    private enum Stage
    {
        Handshake,
        Waiting,
        Granted,
        Established,
        Failed,
        Ended,
    }

    /// <summary>The handler of the connection below.</summary>
    public CipherHandler Cipher { get; }

    /// <inheritdoc/>
    public override TlsDetails? Tls => _details;

    /// <inheritdoc/>
    public override string? TlsFailure => _failure;

    private bool IsHandshaking => _stage is Stage.Handshake or Stage.Waiting or Stage.Granted;

    /// <summary>Begins the handshake of an accepted connection.</summary>
    public static TlsConnection Accept(StreamConnection below, TlsServerContext server, IConnectionAcceptor acceptor)
    {
        var made = new TlsConnection((LoopThread)below.Loop, below.Remote, acceptor, server.Options.HandshakeTimeout) { _below = below };
        made._session = new TlsSession(server, below);
        made._plaintextReply = server.Options.PlaintextReply;
        made.StartTimer();
        return made;
    }

    /// <summary>Begins to connect.</summary>
    public static TlsConnection Connect(
        LoopThread loop, IPEndPoint remote, ConnectionHandler handler, TlsClient client, TlsResumption? resumption, ReadOnlySpan<byte> preamble)
    {
        var made = new TlsConnection(loop, remote, null, client.HandshakeTimeout) { Handler = handler };
        made._below = (StreamConnection)loop.Connect(remote, made.Cipher);
        made._below.Send(preamble);
        made._session = new TlsSession(client, resumption, made._below);
        made.StartTimer();
        return made;
    }

    /// <summary>The gate gives a step; false when it is not wanted any more.</summary>
    public bool GoOn()
    {
        if (_stage != Stage.Waiting)
        {
            return false;
        }

        _stage = Stage.Granted;
        _below.ResumeReceive();
        return true;
    }

    /// <summary>The connection below is open.</summary>
    public void OnCipherOpened()
    {
        // A client speaks first.
        if (_acceptor is null && _session is not null)
        {
            StepHandshake();
        }
    }

    private void StartTimer() => _timer = Thread.Schedule(
        _handshakeTimeout,
        static state =>
        {
            var self = (TlsConnection)state!;
            if (self.IsHandshaking)
            {
                self.FailHandshake("the handshake took too long");
            }
        },
        this);

    private void StepHandshake()
    {
        switch (_session!.Handshake())
        {
            case true:
                _timer?.Cancel();
                _stage = Stage.Established;
                _details = _session.Details;
                Establish();
                break;
            case false:
                TlsError error = _session.Error!.Value;
                FailHandshake(_session.VerifyError is { } why ? $"{error.Text}: {why}" : error.Text, error.IsSsl(OpenSslValues.ReasonHttpRequest));
                break;
            default:
                if (_session.IsAtEnd)
                {
                    FailHandshake("the other side ended the connection");
                }

                break;
        }
    }

    private void Establish()
    {
        if (_acceptor is not null)
        {
            _wasAdopted = true;
            Adopt(_acceptor);
        }
        else
        {
            Connected();
        }
    }

    /// <summary>Lets the alert leave: sends the end, drops what still arrives, and closes when the other side does or after a second.</summary>
    private void FailHandshake(string why, bool isPlainHttp = false)
    {
        _failure = why;
        _stage = Stage.Failed;
        _timer?.Cancel();
        if (isPlainHttp && !_plaintextReply.IsEmpty)
        {
            _below.Send(_plaintextReply.Span);
        }

        FreeSession();
        _below.ShutdownSend();
        _below.ResumeReceive();
        _timer = Thread.Schedule(Linger, static state => ((StreamConnection)state!).Abort(), _below);
        if (_acceptor is null)
        {
            End(CloseReason.HandshakeFailed);
        }
    }

    private void FreeSession()
    {
        _session?.Free();
        _session = null;
    }
}
