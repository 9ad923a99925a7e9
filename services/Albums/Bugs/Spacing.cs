namespace Albums.Bugs;

/// <summary>Says yes at every fourth to ninth question, as a seed decides: often enough for a short run, and never regular.</summary>
internal sealed class Spacing(int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private int _left = -1;

    public bool Strikes()
    {
        lock (_lock)
        {
            _left = _left < 0 ? _random.Next(3, 9) : _left;
            return _left-- == 0;
        }
    }
}
