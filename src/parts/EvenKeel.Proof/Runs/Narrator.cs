using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Recording;

namespace EvenKeel.Proof.Runs;

/// <summary>Tells the observer and the event file what happens in one scenario, one call at a time.</summary>
internal sealed class Narrator(string scenario, RunClock clock, IProofObserver observer, EventLog events)
{
    private readonly Lock _gate = new();

    /// <summary>Says a line on screen alone.</summary>
    public void Say(string topic, string text)
    {
        lock (_gate)
        {
            observer.Say(new ProofLine(clock.WallClock(clock.Now), topic, text));
        }
    }

    /// <summary>Writes an event and says it.</summary>
    public async Task TellAsync(TimeSpan at, string kind, string subject, string state, string? detail)
    {
        Say(kind, detail is null ? $"{subject}  {state}" : $"{subject}  {state} ({detail})");
        await events.AddAsync(at, scenario, kind, subject, state, detail).ConfigureAwait(false);
    }
}
