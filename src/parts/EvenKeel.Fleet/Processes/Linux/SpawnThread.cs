using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>
/// The one thread that starts processes, and never ends. To the kernel the thread is the parent: what is tied to a parent's end (a child that
/// asks for PR_SET_PDEATHSIG) would otherwise happen when a thread of the pool retires. It also means one start at a time.
/// </summary>
internal sealed class SpawnThread
{
    private static readonly Lazy<SpawnThread> Instance = new(() => new SpawnThread());
    private readonly BlockingCollection<Action> _orders = [];

    private SpawnThread()
    {
        new Thread(Run) { IsBackground = true, Name = "evenkeel process start" }.Start();
    }

    /// <summary>The one of this process.</summary>
    public static SpawnThread Shared => Instance.Value;

    /// <summary>Runs a function on the thread and waits for it; its exception is thrown here.</summary>
    public T Run<T>(Func<T> function)
    {
        using ManualResetEventSlim done = new();
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        _orders.Add(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            done.Set();
        });
        done.Wait();
        failure?.Throw();
        return result!;
    }

    private void Run()
    {
        foreach (Action order in _orders.GetConsumingEnumerable())
        {
            order();
        }
    }
}
