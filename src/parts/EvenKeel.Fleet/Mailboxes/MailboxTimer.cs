namespace EvenKeel.Fleet.Mailboxes;

/// <summary>A one-shot timer whose job runs in a mailbox.</summary>
internal sealed class MailboxTimer : IDisposable
{
    private readonly ITimer _timer;
    private bool _over;

    public MailboxTimer(SerialMailbox mailbox, TimeProvider time, TimeSpan wait, Action job)
    {
        _timer = time.CreateTimer(
            _ => mailbox.Post(() =>
            {
                if (!_over)
                {
                    Dispose();
                    job();
                }
            }),
            null,
            wait,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancels the job. In the mailbox only.</summary>
    public void Dispose()
    {
        _over = true;
        _timer.Dispose();
    }
}
