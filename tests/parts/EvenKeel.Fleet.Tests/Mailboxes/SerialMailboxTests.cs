using EvenKeel.Fleet.Mailboxes;
using EvenKeel.Fleet.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Fleet.Tests.Mailboxes;

public sealed class SerialMailboxTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Jobs_of_many_threads_run_one_at_a_time()
    {
        var count = 0;
        await using (var mailbox = Mailbox())
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    mailbox.Post(() => count++);
                }
            })));
        }

        Assert.Equal(8000, count);
    }

    [Fact]
    public async Task A_question_gets_its_answer_or_its_exception_and_the_mailbox_goes_on()
    {
        await using var mailbox = Mailbox();

        await Assert.ThrowsAsync<InvalidOperationException>(() => mailbox.AskAsync<int>(() => throw new InvalidOperationException()));
        mailbox.Post(() => throw new InvalidOperationException());

        Assert.Equal(3, await mailbox.AskAsync(() => 3));
    }

    [Fact]
    public async Task A_timer_that_was_cancelled_does_not_fire_even_when_its_job_is_queued()
    {
        await using var mailbox = Mailbox();
        var fired = false;
        using var holdUp = new ManualResetEventSlim();
        var timer = await mailbox.AskAsync(() => mailbox.After(TimeSpan.FromSeconds(1), () => fired = true));
        mailbox.Post(() =>
        {
            holdUp.Wait(TestContext.Current.CancellationToken);
            timer.Dispose();
        });
        _time.Advance(TimeSpan.FromSeconds(2));
        holdUp.Set();

        Assert.False(await mailbox.AskAsync(() => fired));
    }

    [Fact]
    public async Task Closing_cancels_the_work_beside_it_and_waits_for_it()
    {
        var mailbox = Mailbox();
        Exception? seen = null;
        var ended = false;
        mailbox.Run<int>(
            async closing =>
            {
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, closing);
                }
                finally
                {
                    ended = true;
                }

                return 0;
            },
            _ => { },
            error => seen = error);

        await mailbox.DisposeAsync();

        Assert.True(ended);
        Assert.IsAssignableFrom<OperationCanceledException>(seen);
        Assert.False(mailbox.Post(() => { }));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => mailbox.AskAsync(() => 1));
    }

    private SerialMailbox Mailbox() => new(_time, NullLogger.Instance, () => { });
}
