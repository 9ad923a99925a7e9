namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>Bounds every wait of a test, and waits for conditions.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task Until(Func<bool> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Limit, $"Not within {Limit}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }
    }

    public static Task<T> Within<T>(Task<T> task) => task.WaitAsync(Limit, Token);

    public static Task Within(Task task) => task.WaitAsync(Limit, Token);
}
