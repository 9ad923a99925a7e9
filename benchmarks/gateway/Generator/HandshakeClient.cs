using System.Net;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Tls;

namespace Generator;

/// <summary>One connection after the other with TLS, each with one request. All handshakes are full, or all but the first are resumed.</summary>
internal sealed class HandshakeClient(EventLoop loop, IPEndPoint server, TlsClient tls, bool resumes, Tally tally) : ConnectionHandler
{
    private readonly TlsResumption? _resumption = resumes ? new TlsResumption() : null;
    private readonly ResponseHead _head = new();
    private readonly BodyTransfer _body = new();
    private bool _isFirst = true;
    private bool _isWhole;

    private static ReadOnlySpan<byte> Request => "GET /1k HTTP/1.1\r\nHost: bench.example\r\nConnection: close\r\n\r\n"u8;

    public void Connect()
    {
        _head.Reset();
        _isWhole = false;
        tls.Connect(loop, server, this, _resumption);
    }

    public override void OnOpened(Connection connection)
    {
        if (connection.Tls!.IsResumed != (resumes && !_isFirst))
        {
            tally.Errors++;
        }

        _isFirst = false;
        connection.Send(Request);
    }

    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        var consumed = 0;
        if (_head.Length == 0)
        {
            if (_head.Parse(bytes.Data, HeadLimits.Default) != HeadStatus.Complete)
            {
                return 0;
            }

            consumed = _head.Length;
            _body.Begin(_head.FramingFor(KnownMethod.Get), decode: false, long.MaxValue);
        }

        if (!_body.IsComplete && consumed < bytes.Data.Length)
        {
            consumed += _body.Process(bytes.From(0, bytes.Headroom), bytes.Headroom + consumed).Consumed;
        }

        _isWhole = _body.IsComplete && _head.Status == 200;
        return consumed;
    }

    public override void OnReceiveEnded(Connection connection, int unconsumed) => connection.Close();

    public override void OnClosed(Connection connection, CloseReason reason)
    {
        tally.Done += _isWhole ? 1 : 0;
        tally.Errors += _isWhole ? 0 : 1;
        if (tally.IsOver || tally.Errors > 1000)
        {
            _resumption?.Dispose();
            tally.End();
        }
        else
        {
            Connect();
        }
    }
}
