using EvenKeel.Control.Windows;

namespace EvenKeel.Control.Budgets;

/// <summary>
/// Bounds retries to a share of the requests, so that a service that fails is not asked a multiple of what its clients ask: in any window
/// there are at most <see cref="RetryBudgetRules.Percent"/> of its requests plus <see cref="RetryBudgetRules.Reserve"/> for each of its seconds.
/// The window forgets in tenths: see <see cref="SlidingWindow"/>. Not thread-safe: the caller serialises.
/// </summary>
public sealed class RetryBudget(RetryBudgetRules rules)
{
    private readonly SlidingWindow _window = new(rules.Window);
    private readonly double _reserve = rules.Reserve * rules.Window.TotalSeconds;

    /// <summary>Retries that the window still allowed at the last call.</summary>
    public long Left => Math.Max(0, (long)((_window.First * rules.Percent / 100.0) + _reserve) - _window.Second);

    /// <summary>Counts requests of clients; retries are none of them.</summary>
    public void AddRequests(TimeSpan now, long count) => _window.Add(now, count, 0);

    /// <summary>Takes one retry.</summary>
    /// <returns>False when the window allows no more.</returns>
    public bool TryTake(TimeSpan now)
    {
        _window.Add(now, 0, 0);
        if (Left == 0)
        {
            return false;
        }

        _window.Add(now, 0, 1);
        return true;
    }
}
