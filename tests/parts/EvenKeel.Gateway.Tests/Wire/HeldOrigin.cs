namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>An instance that answers nothing until it is released, and knows the most requests that it ever had at once.</summary>
internal sealed class HeldOrigin : IAsyncDisposable
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<string> _paths = [];
    private readonly Origin _origin;
    private int _now;
    private int _most;

    public HeldOrigin()
    {
        _origin = new Origin(async channel =>
        {
            while (await channel.ReadHeadAsync() is { } head)
            {
                Enter(head[0].Split(' ')[1]);
                await _released.Task.WaitAsync(Deadline.Token);
                Interlocked.Decrement(ref _now);
                await channel.SendAsync(Origin.Ok("ok"));
            }
        });
    }

    public Origin Origin => _origin;

    public int Now => Volatile.Read(ref _now);

    public int Most => Volatile.Read(ref _most);

    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_gate)
            {
                return [.. _paths];
            }
        }
    }

    public void Release() => _released.TrySetResult();

    public ValueTask DisposeAsync()
    {
        Release();
        return _origin.DisposeAsync();
    }

    private void Enter(string path)
    {
        lock (_gate)
        {
            _paths.Add(path);
            _most = Math.Max(_most, Interlocked.Increment(ref _now));
        }
    }
}
