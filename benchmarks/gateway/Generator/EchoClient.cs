using System.Net;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Loops;

namespace Generator;

/// <summary>A WebSocket that sends a message of 64 bytes as soon as the one before has come back.</summary>
internal sealed class EchoClient(Tally tally) : ConnectionHandler
{
    private const int Length = 64;
    private static readonly byte[] Message = [0x82, 0x80 | Length, 1, 2, 3, 4, .. Enumerable.Range(0, Length).Select(i => (byte)(i ^ ((i & 3) + 1)))];
    private static readonly byte[] Echo = [0x82, Length, .. Enumerable.Range(0, Length).Select(i => (byte)i)];
    private readonly ResponseHead _head = new();
    private bool _hasEnded;

    public static void Connect(EventLoop loop, IPEndPoint server, Tally tally) => loop.Connect(server, new EchoClient(tally));

    public override void OnOpened(Connection connection) => connection.Send(
        "GET /echo HTTP/1.1\r\nHost: bench.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"u8
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"u8);

    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        if (_head.Length == 0)
        {
            switch (_head.Parse(bytes.Data, HeadLimits.Default))
            {
                case HeadStatus.Incomplete:
                    return 0;
                case HeadStatus.Complete when _head.Status == 101:
                    connection.Send(Message);
                    return _head.Length;
                default:
                    return Fail(connection, bytes.Data.Length);
            }
        }

        if (bytes.Data.Length < Echo.Length)
        {
            return 0;
        }

        if (!bytes.Data.SequenceEqual(Echo))
        {
            return Fail(connection, bytes.Data.Length);
        }

        tally.Done++;
        if (tally.IsOver)
        {
            _hasEnded = true;
            connection.Close();
        }
        else
        {
            connection.Send(Message);
        }

        return Echo.Length;
    }

    public override void OnReceiveEnded(Connection connection, int unconsumed) => connection.Close();

    public override void OnClosed(Connection connection, CloseReason reason)
    {
        tally.Errors += _hasEnded ? 0 : 1;
        tally.End();
    }

    private static int Fail(Connection connection, int length)
    {
        connection.Abort();
        return length;
    }
}
