using EvenKeel.Transport.Loops;

namespace Generator;

/// <summary>What several clients of one loop do until a time is over: how much was done, what went wrong, and when the last of them has ended.</summary>
internal sealed class Tally(EventLoop loop)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _active;

    public bool IsOver { get; private set; }

    public long Done { get; set; }

    public long Errors { get; set; }

    /// <summary>Runs clients for a time and waits for what they have begun.</summary>
    /// <returns>What was done and what went wrong.</returns>
    public async Task<string> RunAsync(int clients, TimeSpan duration, Action start)
    {
        loop.Post(
            _ =>
            {
                _active = clients;
                loop.Schedule(duration, _ => IsOver = true, null);
                for (var i = 0; i < clients; i++)
                {
                    start();
                }
            },
            null);
        await _ended.Task.WaitAsync(duration + TimeSpan.FromSeconds(20));
        return $"{Done} {Errors}";
    }

    /// <summary>A client begins nothing more.</summary>
    public void End()
    {
        if (--_active == 0)
        {
            _ended.SetResult();
        }
    }
}
