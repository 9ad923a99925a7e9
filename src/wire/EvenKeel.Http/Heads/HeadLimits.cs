namespace EvenKeel.Http.Heads;

/// <summary>What a head may be at most.</summary>
/// <param name="Bytes">Bytes of the whole head, start line and final empty line included.</param>
/// <param name="Fields">Number of fields.</param>
public readonly record struct HeadLimits(int Bytes, int Fields)
{
    /// <summary>32 KiB and 100 fields.</summary>
    public static HeadLimits Default => new(32 * 1024, 100);
}
