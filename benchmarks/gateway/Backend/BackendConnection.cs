using System.Text;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;

namespace Backend;

/// <summary>One connection: reads request after request and answers each when its body is complete. What is malformed ends the connection.</summary>
internal sealed class BackendConnection : ConnectionHandler
{
    private readonly RequestHead _head = new();
    private readonly BodyTransfer _body = new();
    private byte[]? _response;

    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        var consumed = 0;
        while (consumed < bytes.Data.Length)
        {
            if (_response is null)
            {
                switch (_head.Parse(bytes.Data[consumed..], HeadLimits.Default))
                {
                    case HeadStatus.Incomplete:
                        return consumed;
                    case HeadStatus.Invalid:
                        connection.Abort();
                        return bytes.Data.Length;
                }

                if (_head.AsksForUpgrade && Find("sec-websocket-key"u8, bytes.Data[consumed..]) is { Length: > 0 } key)
                {
                    connection.Send(EchoHandler.Accept(key));
                    connection.Handler = new EchoHandler();
                    return consumed + _head.Length;
                }

                _response = PreparedResponses.For(_head.Path(bytes.Data[consumed..]));
                consumed += _head.Length;
                _body.Begin(_head.Framing, decode: true, long.MaxValue);
            }

            if (!_body.IsComplete)
            {
                consumed += _body.Process(bytes.From(0, bytes.Headroom), bytes.Headroom + consumed).Consumed;
            }

            if (_body.Fault != HttpFault.None)
            {
                connection.Abort();
                return bytes.Data.Length;
            }

            if (_body.IsComplete)
            {
                connection.Send(_response);
                _response = null;
                var keep = _head.KeepsAlive;
                _head.Reset();
                if (!keep)
                {
                    connection.ShutdownSend();
                    return bytes.Data.Length;
                }
            }
        }

        return consumed;
    }

    private ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> head)
    {
        foreach (var line in _head.Fields)
        {
            if (Ascii.EqualsIgnoreCase(line.Name(head), name))
            {
                return line.Value(head);
            }
        }

        return default;
    }

    public override void OnReceiveEnded(Connection connection, int unconsumed) => connection.Close();

    public override void OnClosed(Connection connection, CloseReason reason)
    {
    }
}
