using System.Net.Sockets;

namespace EvenKeel.Gateway.Tests.Health;

/// <summary>The real clock, but for this: while there is a shortage, nothing that lasts as long as a check can begin.</summary>
/// <param name="timeout">How long a check lasts at most.</param>
internal sealed class ShortOfDescriptors(TimeSpan timeout) : TimeProvider
{
    private int _refused;
    private volatile bool _isShort;

    public bool IsShort
    {
        get => _isShort;
        set => _isShort = value;
    }

    public int Refused => Volatile.Read(ref _refused);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (IsShort && dueTime == timeout)
        {
            Interlocked.Increment(ref _refused);
            throw new SocketException((int)SocketError.TooManyOpenSockets);
        }

        return System.CreateTimer(callback, state, dueTime, period);
    }
}
