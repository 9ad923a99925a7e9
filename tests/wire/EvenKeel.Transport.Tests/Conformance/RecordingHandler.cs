using System.Collections.Concurrent;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>A handler made of functions that writes down what it hears, and checks the rules that hold for every connection.</summary>
internal sealed class RecordingHandler : ConnectionHandler
{
    private readonly TaskCompletionSource<Connection> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CloseReason> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _receiveEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte> _received = [];
    private int _inside;
    private int _closes;

    public ConcurrentQueue<string> Events { get; } = [];

    public ConcurrentQueue<string> BrokenRules { get; } = [];

    public Task<Connection> Opened => _opened.Task;

    public Task<CloseReason> Closed => _closed.Task;

    public Task<int> ReceiveEnded => _receiveEnded.Task;

    public int Closes => Volatile.Read(ref _closes);

    public int Drains { get; private set; }

    /// <summary>What was consumed so far; safe to read after <see cref="Closed"/> or on the loop.</summary>
    public byte[] Received => [.. _received];

    public Action<Connection>? WhenOpened { get; init; }

    public ReceiveFunction? WhenReceived { get; init; }

    public Action<Connection>? WhenReceiveEnded { get; init; }

    public Action<Connection>? WhenDrained { get; init; }

    public Action<Connection, CloseReason>? WhenClosed { get; init; }

    public override void OnOpened(Connection connection)
    {
        Enter("opened", connection);
        _opened.TrySetResult(connection);
        Run(() => WhenOpened?.Invoke(connection));
    }

    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        Enter("received", connection);
        try
        {
            int consumed = WhenReceived?.Invoke(connection, bytes) ?? bytes.Data.Length;
            if (WhenReceived is null)
            {
                _received.AddRange(bytes.Data[..consumed]);
            }

            return consumed;
        }
        finally
        {
            _inside--;
        }
    }

    public override void OnReceiveEnded(Connection connection, int unconsumed)
    {
        Enter("ended", connection);
        _receiveEnded.TrySetResult(unconsumed);
        Run(() => WhenReceiveEnded?.Invoke(connection));
    }

    public override void OnSendDrained(Connection connection)
    {
        Enter("drained", connection);
        Drains++;
        Run(() => WhenDrained?.Invoke(connection));
    }

    public override void OnClosed(Connection connection, CloseReason reason)
    {
        Enter("closed", connection);
        Interlocked.Increment(ref _closes);
        Run(() => WhenClosed?.Invoke(connection, reason));
        _closed.TrySetResult(reason);
    }

    private void Enter(string name, Connection connection)
    {
        if (!connection.Loop.IsCurrent)
        {
            BrokenRules.Enqueue($"{name} ran on another thread than the loop's");
        }

        if (_inside++ > 0)
        {
            BrokenRules.Enqueue($"{name} ran inside another callback");
        }

        if (_closes > 0)
        {
            BrokenRules.Enqueue($"{name} came after closed");
        }

        if (name != "opened" && name != "closed" && !_opened.Task.IsCompleted)
        {
            BrokenRules.Enqueue($"{name} came before opened");
        }

        if (name == "received" && _receiveEnded.Task.IsCompleted)
        {
            BrokenRules.Enqueue("received came after the end of receiving");
        }

        if (Events.Count < 1000)
        {
            Events.Enqueue(name);
        }
    }

    private void Run(Action action)
    {
        try
        {
            action();
        }
        finally
        {
            _inside--;
        }
    }
}
