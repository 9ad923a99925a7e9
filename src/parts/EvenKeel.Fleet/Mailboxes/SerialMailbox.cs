using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Fleet.Mailboxes;

/// <summary>
/// Runs jobs one after the other, in the order in which they were posted. All state of the fleet is touched inside such jobs only, so
/// it needs no lock. A job never waits: what takes time runs beside the mailbox and posts its outcome.
/// </summary>
internal sealed class SerialMailbox : IAsyncDisposable
{
    private readonly Channel<Action> _jobs = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action _afterEach;
    private readonly Task _loop;
    private readonly TaskCompletionSource _workersGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _workers = 1;

    /// <param name="time">The clock of the timers.</param>
    /// <param name="logger">Gets the exceptions of jobs, which are bugs.</param>
    /// <param name="afterEach">Runs in the mailbox after every job.</param>
    public SerialMailbox(TimeProvider time, ILogger logger, Action afterEach)
    {
        _time = time;
        _logger = logger;
        _afterEach = afterEach;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Ends when the mailbox closes; workers must heed it.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Queues a job. After the mailbox closed it is dropped, which is reported as false.</summary>
    public bool Post(Action job) => _jobs.Writer.TryWrite(job);

    /// <summary>Queues a job and gives its result.</summary>
    /// <exception cref="ObjectDisposedException">The mailbox is closed.</exception>
    public Task<T> AskAsync<T>(Func<T> job)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queued = Post(() =>
        {
            try
            {
                answer.SetResult(job());
            }
            catch (Exception error)
            {
                answer.SetException(error);
            }
        });
        ObjectDisposedException.ThrowIf(!queued, typeof(FleetSupervisor));
        return answer.Task;
    }

    /// <summary>Runs work beside the mailbox; its outcome, or its exception, comes back as a job.</summary>
    public void Run<T>(Func<CancellationToken, Task<T>> work, Action<T> done, Action<Exception> failed)
    {
        Interlocked.Increment(ref _workers);
        _ = WorkAsync(work, done, failed);
    }

    /// <summary>Posts a job after a while. Once disposed the job does not run, also when it was queued already.</summary>
    /// <remarks>To be called and disposed in the mailbox.</remarks>
    public IDisposable After(TimeSpan wait, Action job) => new MailboxTimer(this, _time, wait, job);

    /// <summary>Refuses new jobs, runs those that are queued, and waits for the work beside it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        WorkerGone();
        await _workersGone.Task.ConfigureAwait(false);
        _jobs.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task WorkAsync<T>(Func<CancellationToken, Task<T>> work, Action<T> done, Action<Exception> failed)
    {
        try
        {
            var result = await work(_closing.Token).ConfigureAwait(false);
            Post(() => done(result));
        }
        catch (Exception error)
        {
            Post(() => failed(error));
        }
        finally
        {
            WorkerGone();
        }
    }

    private void WorkerGone()
    {
        if (Interlocked.Decrement(ref _workers) == 0)
        {
            _workersGone.TrySetResult();
        }
    }

    private async Task RunAsync()
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                job();
                _afterEach();
            }
            catch (Exception error)
            {
                FleetLog.JobFailed(_logger, error);
            }
        }
    }
}
