using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Mailboxes;

namespace EvenKeel.Fleet.Actions;

/// <summary>Where actions are begun and their effects awaited. Any thread may use it.</summary>
internal sealed class ActionDesk(SerialMailbox mailbox, Observations observations, TimeProvider time)
{
    /// <summary>Does something in the mailbox and waits until its effect is observed.</summary>
    /// <param name="begin">Runs in the mailbox, refuses by an exception, and gives what to look for.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="late">Runs in the mailbox when the limit passed: takes back what can be, and says what is missing.</param>
    /// <param name="cancellationToken">Ends the wait, not what was begun.</param>
    public async Task<T> DoAsync<T>(Func<Func<T?>> begin, TimeSpan limit, Func<Exception> late, CancellationToken cancellationToken)
        where T : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        var observation = await mailbox.AskAsync(() => observations.Until(begin())).ConfigureAwait(false);
        try
        {
            return await observation.Task.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw await mailbox.AskAsync(late).ConfigureAwait(false);
        }
        finally
        {
            observation.GiveUp();
        }
    }

    /// <summary>Looks for the readiness of an instance whose start was begun.</summary>
    /// <returns>Empty when it is ready, the reason when it will not be, null as long as that is open.</returns>
    public static string? ReadyOrWhyNot(Instance instance, int notBefore) => instance.State switch
    {
        InstanceState.Ready when instance.Generation >= notBefore => "",
        InstanceState.Failed => $"{instance.Name} failed: {instance.Reason}, again and again; see its log",
        _ when instance.Intent == InstanceIntent.Stop => $"{instance.Name} was stopped before it was ready",
        _ when instance.Refusal is { } refusal => $"{instance.Name} could not be started: {refusal}",
        _ => null,
    };

    /// <summary>The sentence for an instance that was not ready in time.</summary>
    public static string NotReady(Instance instance, TimeSpan limit) =>
        $"{instance.Name} was not ready within {Events.Durations.Show(limit)}: {instance.Reason ?? "it was not checked"}";
}
