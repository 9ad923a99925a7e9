using EvenKeel.Http.Bodies;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;

namespace Generator;

/// <summary>One connection with at most one request under way.</summary>
internal sealed class Client(ClientSet set) : ConnectionHandler
{
    private readonly ResponseHead _head = new();
    private readonly BodyTransfer _body = new();
    private Connection? _connection;
    private long _due;

    public bool WasOpen { get; private set; }

    public bool IsBusy { get; private set; }

    public int Answers { get; private set; }

    private static ReadOnlySpan<byte> Request => "GET /1k HTTP/1.1\r\nHost: bench.example\r\n\r\n"u8;

    public void Attach(Connection connection) => _connection = connection;

    public void Ask(long due)
    {
        _due = due;
        IsBusy = true;
        _head.Reset();
        _connection!.Send(Request);
    }

    public override void OnOpened(Connection connection)
    {
        WasOpen = true;
        set.Opened(this);
    }

    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        if (!IsBusy)
        {
            connection.Abort();
            return bytes.Data.Length;
        }

        var consumed = 0;
        if (_head.Length == 0)
        {
            switch (_head.Parse(bytes.Data, HeadLimits.Default))
            {
                case HeadStatus.Incomplete:
                    return 0;
                case HeadStatus.Invalid:
                    connection.Abort();
                    return bytes.Data.Length;
            }

            consumed = _head.Length;
            _body.Begin(_head.FramingFor(KnownMethod.Get), decode: false, long.MaxValue);
        }

        if (!_body.IsComplete && consumed < bytes.Data.Length)
        {
            consumed += _body.Process(bytes.From(0, bytes.Headroom), bytes.Headroom + consumed).Consumed;
        }

        if (_body.IsComplete)
        {
            IsBusy = false;
            Answers++;
            set.Answered(this, _due, _head.Status == 200);
        }

        return consumed;
    }

    public override void OnReceiveEnded(Connection connection, int unconsumed) => connection.Close();

    public override void OnClosed(Connection connection, CloseReason reason) => set.Lost(this);
}
