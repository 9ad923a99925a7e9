namespace EvenKeel.Cli.Tests.Running;

/// <summary>Waits for a condition, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, TimeSpan limit, Func<string> otherwise) =>
        TrueAsync(() => Task.FromResult(condition()), limit, otherwise);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> otherwise)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < limit, $"after {limit.TotalSeconds} s: {otherwise()}");
            await Task.Delay(Look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
