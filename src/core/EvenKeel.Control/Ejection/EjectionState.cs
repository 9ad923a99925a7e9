using EvenKeel.Control.Windows;

namespace EvenKeel.Control.Ejection;

/// <summary>
/// Outlier ejection. Two rules: <see cref="EjectionRules.Failures"/> failures in a row, or <see cref="EjectionRules.Ratio"/> percent of failures and
/// errors among enough responses of a window. A failure says that the endpoint does not work (a transport error, a 503); an error may be the doing
/// of one request (a 500), so that it counts for the ratio alone and one bad address cannot eject. An ejected endpoint is out for a time, then one
/// trial request decides. Its success admits the endpoint and forgets everything; its failure ejects again for twice as long, up to the maximum.
/// Time is an argument: what passed since any fixed moment, the same for all calls. Not thread-safe: the caller serialises.
/// </summary>
public sealed class EjectionState(EjectionRules rules)
{
    private readonly SlidingWindow _window = new(rules.Window);
    private TimeSpan _until;
    private bool _byRatio;
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

    /// <summary>Counts responses for the ratio, trials and failures excepted; harmless to call late and for many.</summary>
    public void AddResponses(TimeSpan now, long count)
    {
        if (!_ejected)
        {
            _window.Add(now, count, 0);
        }
    }

    /// <summary>A request failed.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="trial">True for the trial request. While ejected only its failure counts, so that stragglers do not lengthen the time.</param>
    /// <param name="mayEject">False when too many other endpoints are out: it is counted and nothing follows.</param>
    /// <returns>True when the endpoint is ejected by it.</returns>
    public bool Failed(TimeSpan now, bool trial, bool mayEject = true)
    {
        if (_ejected)
        {
            return trial && Eject(now);
        }

        _window.Add(now, 0, 1);
        Failures++;
        bool inARow = rules.Failures > 0 && Failures >= rules.Failures;
        return mayEject && (inARow || ExceedsRatio) && Eject(now, byRatio: !inARow);
    }

    /// <summary>
    /// A request came back with an error that may be its own doing. A trial that does shows that the endpoint answers: it is admitted, unless
    /// such errors had ejected it.
    /// </summary>
    /// <param name="now">The moment.</param>
    /// <param name="trial">True for the trial request.</param>
    /// <param name="mayEject">False when too many other endpoints are out.</param>
    /// <returns>True when the endpoint is ejected by it.</returns>
    public bool Erred(TimeSpan now, bool trial, bool mayEject = true)
    {
        if (_ejected)
        {
            if (trial && _byRatio)
            {
                return Eject(now, byRatio: true);
            }

            Succeeded(trial);
            return false;
        }

        Failures = 0;
        _window.Add(now, 0, 1);
        return mayEject && ExceedsRatio && Eject(now, byRatio: true);
    }

    private bool ExceedsRatio
        => rules.Ratio > 0 && _window.First + _window.Second >= rules.Volume
            && _window.Second * 100 >= (_window.First + _window.Second) * rules.Ratio;

    private bool Eject(TimeSpan now, bool? byRatio = null)
    {
        _byRatio = byRatio ?? _byRatio;
        _until = now + rules.LengthOf(Ejections);
        Ejections++;
        Failures = 0;
        _ejected = true;
        _onTrial = false;
        _window.Clear();
        return true;
    }
}
