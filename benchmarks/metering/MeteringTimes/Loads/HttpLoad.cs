using System.Net;
using EvenKeel.Transport.Loops;
using MeteringTimes.Events;

namespace MeteringTimes.Loads;

/// <summary>
/// Virtual users on one event loop. Without a rate each sends its next request when it has the answer to the last one; with a rate requests are due at
/// their moments, whatever the answers do, and wait for a free user.
/// </summary>
internal sealed class HttpLoad : ILoad
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly EventLoop _loop;
    private readonly IPEndPoint _server;
    private readonly Feed _feed;
    private readonly int _perRequest;
    private readonly double _rate;
    private readonly List<Sender> _all = [];
    private readonly Stack<Sender> _free = new();
    private readonly Queue<long> _due = new();
    private readonly List<(long, long)> _operations = new(1 << 16);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _users;
    private string? _fault;
    private bool _isStopping;
    private bool _isClosing;
    private long _events;
    private long _started;
    private long _sent;

    /// <param name="loop">The loop of the connections.</param>
    /// <param name="server">Where to send to.</param>
    /// <param name="feed">What to send.</param>
    /// <param name="users">How many users there are.</param>
    /// <param name="perRequest">Events of a request.</param>
    /// <param name="rate">Requests for a second; 0 for as many as the users manage.</param>
    public HttpLoad(EventLoop loop, IPEndPoint server, Feed feed, int users, int perRequest, double rate = 0)
    {
        _loop = loop;
        _server = server;
        _feed = feed;
        _users = users;
        _perRequest = perRequest;
        _rate = rate;
    }

    public long Events => Interlocked.Read(ref _events);

    public async Task StartAsync()
    {
        _loop.Post(
            _ =>
            {
                for (var i = 0; i < _users; i++)
                {
                    var sender = new Sender(this, _perRequest);
                    _all.Add(sender);
                    sender.Attach(_loop.Connect(_server, sender));
                }
            },
            null);
        await _opened.Task.WaitAsync(Patience, _time);
        _loop.Post(
            _ =>
            {
                _started = _time.GetTimestamp();
                if (_rate > 0)
                {
                    Pace();
                    return;
                }

                while (_free.TryPop(out var sender))
                {
                    Send(sender, _time.GetTimestamp());
                }
            },
            null);
    }

    public async Task<IReadOnlyList<(long Ended, long Took)>> StopAsync()
    {
        _loop.Post(
            _ =>
            {
                _isStopping = true;
                CheckIdle();
            },
            null);
        try
        {
            await _idle.Task.WaitAsync(Patience, _time);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkException($"requests have no answer after {Patience.TotalSeconds:0} s");
        }

        return _fault is null ? _operations : throw new BenchmarkException(_fault);
    }

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(
            _ =>
            {
                _isStopping = true;
                _isClosing = true;
                foreach (var sender in _all.ToArray())
                {
                    sender.Close();
                }

                closed.SetResult();
            },
            null);
        await closed.Task;
    }

    /// <summary>A connection is open.</summary>
    public void Opened(Sender sender)
    {
        _free.Push(sender);
        if (_free.Count == _users)
        {
            _opened.SetResult();
        }
    }

    /// <summary>A connection was lost, which none should be before the end.</summary>
    public void Lost(Sender sender)
    {
        _all.Remove(sender);
        if (_isClosing)
        {
            return;
        }

        _fault ??= "a connection was lost";
        _opened.TrySetException(new BenchmarkException(_fault));
        CheckIdle();
    }

    /// <summary>An answer is whole.</summary>
    public void Answered(Sender sender, long due, Sample[] samples, bool[] isRepeat, int status, ReadOnlySpan<byte> body)
    {
        var now = _time.GetTimestamp();
        if (Answer.Fault(status, body, isRepeat) is { } fault)
        {
            _fault ??= fault;
            _isStopping = true;
        }
        else
        {
            for (var i = 0; i < samples.Length; i++)
            {
                if (!isRepeat[i])
                {
                    _feed.Acknowledge(samples[i]);
                }
            }

            Interlocked.Add(ref _events, samples.Length);
            _operations.Add((now, now - due));
        }

        if (_due.TryDequeue(out var next))
        {
            Send(sender, next);
        }
        else if (_rate > 0 || _isStopping)
        {
            _free.Push(sender);
            CheckIdle();
        }
        else
        {
            Send(sender, now);
        }
    }

    // What is due until now is sent, each request with the moment at which it was due. What is late counts from then.
    private void Pace()
    {
        if (_isStopping)
        {
            return;
        }

        for (var due = _time.GetElapsedTime(_started).TotalSeconds * _rate; _sent < due; _sent++)
        {
            var moment = _started + (long)(_sent / _rate * _time.TimestampFrequency);
            if (_free.TryPop(out var sender))
            {
                Send(sender, moment);
            }
            else
            {
                _due.Enqueue(moment);
            }
        }

        _loop.Schedule(Tick, _ => Pace(), null);
    }

    private void Send(Sender sender, long due) => sender.Send(_feed, _time.GetUtcNow().UtcDateTime, due);

    private void CheckIdle()
    {
        if (_isStopping && _due.Count == 0 && _all.TrueForAll(sender => !sender.IsBusy))
        {
            _idle.TrySetResult();
        }
    }
}
