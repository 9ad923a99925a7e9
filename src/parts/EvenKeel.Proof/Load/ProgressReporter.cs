namespace EvenKeel.Proof.Load;

/// <summary>Calls back once per second until disposed. A call that is still running makes the next one be left out.</summary>
internal sealed class ProgressReporter : IDisposable
{
    private readonly ITimer _timer;
    private int _running;

    public ProgressReporter(TimeProvider time, Action report)
    {
        var second = TimeSpan.FromSeconds(1);
        _timer = time.CreateTimer(_ =>
        {
            if (Interlocked.Exchange(ref _running, 1) == 0)
            {
                report();
                Volatile.Write(ref _running, 0);
            }
        }, null, second, second);
    }

    public void Dispose() => _timer.Dispose();
}
