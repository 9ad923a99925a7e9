using EvenKeel.Locks;

namespace LockTimes.Subjects;

internal sealed class ProviderCaller(ILockProvider provider) : ICaller
{
    private static readonly LockOptions Options = new() { Wait = TimeSpan.FromSeconds(60) };
    private LockHandle? _handle;

    public async Task AcquireAsync(string name, CancellationToken cancellationToken) =>
        _handle = await provider.TryAcquireAsync(name, Options, cancellationToken)
            ?? throw new TimeoutException($"the lock '{name}' was not granted within a minute");

    public async Task ReleaseAsync()
    {
        if (await _handle!.ReleaseAsync() != LockRelease.Released)
        {
            throw new InvalidOperationException("a lock that was held was not released");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
