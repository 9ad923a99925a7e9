using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tls;

/// <summary>
/// Bounds what one loop spends on handshakes before it looks at its other connections again: so many steps per turn, the rest waits in
/// line. A step is whatever libssl does with the bytes at hand; the one with a signature costs up to a millisecond.
/// </summary>
internal sealed class HandshakeGate(LoopThread loop, int stepsPerTurn = HandshakeGate.DefaultSteps) : ILoopWork
{
    /// <summary>Steps per turn: one signature, the least that makes progress.</summary>
    public const int DefaultSteps = 1;

    private readonly Queue<TlsConnection> _waiting = new();
    private long _turn;
    private int _used;

    /// <inheritdoc/>
    public bool IsScheduled { get; set; }

    /// <summary>The most steps that ran in one turn so far.</summary>
    public int Most { get; private set; }

    /// <summary>Connections in line, those that ended meanwhile included.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Takes a step of this turn; when there is none, the connection stands in line and is called back.</summary>
    public bool TryEnter(TlsConnection connection)
    {
        if (loop.Turns > _turn)
        {
            _turn = loop.Turns;
            _used = 0;
        }

        if (_used < stepsPerTurn && _waiting.Count == 0)
        {
            Most = Math.Max(Most, ++_used);
            return true;
        }

        _waiting.Enqueue(connection);
        loop.Schedule(this);
        return false;
    }

    /// <inheritdoc/>
    public void Turn()
    {
        // Those who are called back take their steps in the next turn of the loop.
        _turn = loop.Turns + 1;
        _used = 0;
        while (_used < stepsPerTurn && _waiting.TryDequeue(out TlsConnection? next))
        {
            if (next.GoOn())
            {
                Most = Math.Max(Most, ++_used);
            }
        }

        if (_waiting.Count > 0)
        {
            loop.Schedule(this);
        }
    }
}
