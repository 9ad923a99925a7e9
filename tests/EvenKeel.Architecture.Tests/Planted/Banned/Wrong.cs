namespace Banned;

internal static class Wrong
{
    public static DateTime Now() => DateTime.Now;

    public static void Wait() => Thread.Sleep(1);

    public static Task Later() => Task.Delay(1);

    public static int Draw() => Random.Shared.Next();
}
