namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>Watches how much memory is held while something large passes through.</summary>
internal sealed class MemoryWatch
{
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
    private long _most;
    private int _looks;

    public void Look()
    {
        if (++_looks % 50 == 0)
        {
            _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: true) - _before);
        }
    }

    public void MustHaveGrownLessThan(long bytes)
    {
        Assert.True(_looks >= 50, "The memory was never looked at.");
        Assert.InRange(_most, long.MinValue, bytes);
    }
}
