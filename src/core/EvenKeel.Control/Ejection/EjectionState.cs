namespace EvenKeel.Control.Ejection;

/// <summary>
/// Outlier ejection by consecutive failures: after <see cref="EjectionRules.Failures"/> of them the endpoint is out for a time, then one trial
/// request decides. Its success admits the endpoint and forgets everything; its failure ejects again for twice as long, up to the maximum.
/// Time is an argument: what passed since any fixed moment, the same for all calls. Not thread-safe: the caller serialises.
/// </summary>
public sealed class EjectionState(EjectionRules rules)
{
    private TimeSpan _until;
    private bool _ejected;
    private bool _onTrial;

    /// <summary>Failures in a row while admitted.</summary>
    public int Failures { get; private set; }

    /// <summary>Ejections without a success in between.</summary>
    public int Ejections { get; private set; }

    /// <summary>When the ejection in force is over; meaningful while ejected.</summary>
    public TimeSpan Until => _until;

    /// <summary>The phase at a moment.</summary>
    public EjectionPhase PhaseAt(TimeSpan now) => this switch
    {
        { _ejected: false } => EjectionPhase.Admitted,
        { _onTrial: true } => EjectionPhase.OnTrial,
        _ => now >= _until ? EjectionPhase.TrialDue : EjectionPhase.Ejected,
    };

    /// <summary>Claims the trial request.</summary>
    /// <returns>True for the one caller whose request decides.</returns>
    public bool TryBeginTrial(TimeSpan now)
    {
        if (PhaseAt(now) != EjectionPhase.TrialDue)
        {
            return false;
        }

        _onTrial = true;
        return true;
    }

    /// <summary>Gives a trial back that said nothing about the endpoint, as when its client hung up: the next request tries again.</summary>
    public void AbandonTrial() => _onTrial = false;

    /// <summary>A request succeeded.</summary>
    /// <param name="trial">True for the trial request. While ejected only its success counts: others were sent before the ejection, or in a panic.</param>
    /// <returns>True when the endpoint was ejected and is admitted again.</returns>
    public bool Succeeded(bool trial)
    {
        if (_ejected && !trial)
        {
            return false;
        }

        bool readmitted = _ejected;
        _ejected = _onTrial = false;
        Failures = 0;
        Ejections = 0;
        return readmitted;
    }

    /// <summary>A request failed.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="trial">True for the trial request. While ejected only its failure counts, so that stragglers do not lengthen the time.</param>
    /// <returns>True when the endpoint is ejected by it.</returns>
    public bool Failed(TimeSpan now, bool trial)
    {
        if (rules.Failures == 0 || (_ejected && !trial))
        {
            return false;
        }

        if (!_ejected && ++Failures < rules.Failures)
        {
            return false;
        }

        _until = now + rules.LengthOf(Ejections);
        Ejections++;
        Failures = 0;
        _ejected = true;
        _onTrial = false;
        return true;
    }
}
