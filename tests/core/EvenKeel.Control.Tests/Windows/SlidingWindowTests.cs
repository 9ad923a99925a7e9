using EvenKeel.Control.Windows;

namespace EvenKeel.Control.Tests.Windows;

public sealed class SlidingWindowTests
{
    private readonly SlidingWindow _window = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void What_is_older_than_the_window_is_forgotten_a_tenth_at_a_time()
    {
        for (int second = 0; second < 10; second++)
        {
            _window.Add(TimeSpan.FromSeconds(second), 1, 2);
        }

        Assert.Equal((10, 20), (_window.First, _window.Second));
        _window.Add(TimeSpan.FromSeconds(10), 0, 0);
        Assert.Equal((9, 18), (_window.First, _window.Second));
        _window.Add(TimeSpan.FromSeconds(14.9), 0, 0);
        Assert.Equal((5, 10), (_window.First, _window.Second));
        _window.Add(TimeSpan.FromSeconds(19), 0, 0);
        Assert.Equal((0, 0), (_window.First, _window.Second));
    }

    [Fact]
    public void A_long_pause_forgets_everything()
    {
        _window.Add(TimeSpan.Zero, 5, 5);
        _window.Add(TimeSpan.FromDays(400), 1, 0);
        Assert.Equal((1, 0), (_window.First, _window.Second));
    }

    [Fact]
    public void A_window_without_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SlidingWindow(TimeSpan.Zero));
}
