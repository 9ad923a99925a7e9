namespace EvenKeel.Proof.Load;

/// <summary>Calls back at an interval until disposed. A call that is still running makes the next one be left out.</summary>
internal sealed class ProgressReporter : IDisposable
{
    private readonly ITimer _timer;
    private int _running;

    public ProgressReporter(TimeProvider time, TimeSpan interval, Action report)
    {
        _timer = time.CreateTimer(_ =>
        {
            if (Interlocked.Exchange(ref _running, 1) == 0)
            {
                report();
                Volatile.Write(ref _running, 0);
            }
        }, null, interval, interval);
    }

    public void Dispose() => _timer.Dispose();
}
