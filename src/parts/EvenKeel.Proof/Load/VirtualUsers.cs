namespace EvenKeel.Proof.Load;

/// <summary>The users of a closed load: as many loops as the schedule says at each time, each sending its next request when it has a reply.</summary>
internal sealed class VirtualUsers(UserSchedule schedule, TimeProvider time, long started)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs all users to the end of the schedule or until cancelled, and waits for their last replies.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        var users = new List<Task>();
        while (!cancellationToken.IsCancellationRequested && time.GetElapsedTime(started) is var elapsed && elapsed < schedule.Duration)
        {
            users.RemoveAll(user => user.IsCompleted);
            var wanted = schedule.UsersAt(elapsed);
            while (users.Count < wanted)
            {
                var rank = users.Count;
                users.Add(Task.Run(() => UseAsync(rank, send, cancellationToken), CancellationToken.None));
            }

            var left = schedule.Duration - elapsed;
            await Task.Delay(left < Step ? left : Step, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(users).ConfigureAwait(false);
    }

    private async Task UseAsync(int rank, Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && schedule.UsersAt(time.GetElapsedTime(started)) > rank)
        {
            await send(cancellationToken).ConfigureAwait(false);
        }
    }
}
