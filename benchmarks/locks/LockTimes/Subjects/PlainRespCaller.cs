using System.Globalization;
using EvenKeel.State;
using EvenKeel.State.Commands;

namespace LockTimes.Subjects;

/// <summary>
/// The lock that most programs write for themselves: SET with NX and PX, and a script that deletes the key when it is still theirs. It has no
/// queue, no token and no message: whoever waits asks again every ten milliseconds.
/// </summary>
internal sealed class PlainRespCaller(StateClient client, int number) : ICaller
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly StateScript Delete = new("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0");
    private readonly string _owner = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}:{number}");
    private string _name = "";

    public async Task AcquireAsync(string name, CancellationToken cancellationToken)
    {
        _name = "plain:" + name;
        while ((await client.ExecuteAsync(["SET", _name, _owner, "NX", "PX", 60_000], cancellationToken)).IsNull)
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    public async Task ReleaseAsync()
    {
        if ((await client.EvaluateAsync(Delete, [_name], [_owner], CancellationToken.None)).Integer != 1)
        {
            throw new InvalidOperationException("a lock that was held was not released");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
