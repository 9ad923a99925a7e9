using System.Buffers.Text;
using System.Text;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;
using MeteringTimes.Events;
using MeteringTimes.Processes;

namespace MeteringTimes.Loads;

/// <summary>One connection, with at most one request of one or many events under way.</summary>
internal sealed class Sender : ConnectionHandler
{
    private static readonly byte[] Start = Encoding.ASCII.GetBytes($"Host: metering\r\nAuthorization: Bearer {Fleet.Key}\r\nContent-Type: application/json\r\nContent-Length: ");
    private readonly HttpLoad _load;
    private readonly Sample[] _samples;
    private readonly bool[] _isRepeat;
    private readonly byte[] _json;
    private readonly byte[] _request;
    private readonly byte[] _answer = new byte[128];
    private readonly ResponseHead _head = new();
    private readonly BodyTransfer _body = new();
    private Connection? _connection;
    private int _answered;
    private long _due;

    public Sender(HttpLoad load, int events)
    {
        _load = load;
        _samples = new Sample[events];
        _isRepeat = new bool[events];
        _json = new byte[(events * (SampleJson.MostBytes + 1)) + 2];
        _request = new byte[_json.Length + 512];
    }

    public bool IsBusy { get; private set; }

    public void Attach(Connection connection) => _connection = connection;

    public void Close() => _connection?.Abort();

    /// <summary>Sends the next events.</summary>
    /// <param name="feed">Where they come from.</param>
    /// <param name="now">Their time.</param>
    /// <param name="due">When the request was due.</param>
    public void Send(Feed feed, DateTime now, long due)
    {
        _due = due;
        IsBusy = true;
        _answered = 0;
        _head.Reset();
        var isBatch = _samples.Length > 1;
        var length = 0;
        for (var i = 0; i < _samples.Length; i++)
        {
            _samples[i] = feed.Next(now, out _isRepeat[i]);
            if (isBatch)
            {
                _json[length++] = i == 0 ? (byte)'[' : (byte)',';
            }

            length += SampleJson.Write(_samples[i], feed.Population, _json.AsSpan(length));
        }

        if (isBatch)
        {
            _json[length++] = (byte)']';
        }

        var target = _request.AsSpan();
        var at = Add(target, isBatch ? "POST /v1/events:batch HTTP/1.1\r\n"u8 : "POST /api/v1/events HTTP/1.1\r\n"u8);
        at += Add(target[at..], Start);
        Utf8Formatter.TryFormat(length, target[at..], out var digits);
        at += digits;
        at += Add(target[at..], "\r\n\r\n"u8);
        at += Add(target[at..], _json.AsSpan(0, length));
        _connection!.Send(target[..at]);
    }

    public override void OnOpened(Connection connection) => _load.Opened(this);

    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        var consumed = 0;
        if (_head.Length == 0)
        {
            if (!IsBusy || _head.Parse(bytes.Data, HeadLimits.Default) is HeadStatus.Invalid)
            {
                connection.Abort();
                return bytes.Data.Length;
            }

            if (_head.Length == 0)
            {
                return 0;
            }

            consumed = _head.Length;
            _body.Begin(_head.FramingFor(KnownMethod.Post), decode: true, long.MaxValue);
        }

        while (!_body.IsComplete && consumed < bytes.Data.Length)
        {
            var buffer = bytes.From(0, bytes.Headroom);
            var piece = _body.Process(buffer, bytes.Headroom + consumed);
            if (piece.Consumed == 0)
            {
                break;
            }

            consumed += piece.Consumed;
            _answered += Add(_answer.AsSpan(_answered), buffer.Slice(piece.OutputStart, Math.Min(piece.OutputLength, _answer.Length - _answered)));
        }

        if (_body.IsComplete)
        {
            IsBusy = false;
            _load.Answered(this, _due, _samples, _isRepeat, _head.Status, _answer.AsSpan(0, _answered));
        }

        return consumed;
    }

    public override void OnReceiveEnded(Connection connection, int unconsumed) => connection.Close();

    public override void OnClosed(Connection connection, CloseReason reason) => _load.Lost(this);

    private static int Add(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target);
        return bytes.Length;
    }
}
