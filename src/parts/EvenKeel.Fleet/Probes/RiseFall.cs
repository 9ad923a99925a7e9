namespace EvenKeel.Fleet.Probes;

/// <summary>Counts checks in a row: <paramref name="rise"/> successes switch on, <paramref name="fall"/> failures switch off.</summary>
internal sealed class RiseFall(int rise, int fall, bool on)
{
    private int _against;

    /// <summary>The judgement so far.</summary>
    public bool On { get; private set; } = on;

    /// <summary>Counts a check.</summary>
    /// <returns>True when it changed the judgement.</returns>
    public bool Count(bool ok)
    {
        if (ok == On)
        {
            _against = 0;
            return false;
        }

        if (++_against < (On ? fall : rise))
        {
            return false;
        }

        _against = 0;
        On = ok;
        return true;
    }
}
