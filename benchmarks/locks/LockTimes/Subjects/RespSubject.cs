using System.Globalization;
using EvenKeel.Locks;
using EvenKeel.Locks.Redis;
using EvenKeel.State;
using EvenKeel.State.Options;

namespace LockTimes.Subjects;

/// <summary>A state node or a Redis, with the locks of EvenKeel or with the plain pair of commands.</summary>
internal sealed class RespSubject : ISubject
{
    private const int Clients = 4;
    private readonly StateClient[] _clients;
    private readonly ILockProvider[] _providers;
    private readonly bool _isPlain;
    private readonly bool _isNode;
    private long _counts;

    public RespSubject(string name, string address, bool isNode, bool isPlain)
    {
        Name = name;
        _isNode = isNode;
        _isPlain = isPlain;
        _clients = [.. Enumerable.Range(0, Clients).Select(_ => new StateClient(StateConnectionString.Parse(address)))];
        _providers = isPlain ? [] : [.. _clients.Select(client => StateLocks.Create(client))];
    }

    public string Name { get; }

    public Task<ICaller> ConnectAsync(int number) => Task.FromResult<ICaller>(
        _isPlain ? new PlainRespCaller(_clients[number % Clients], number) : new ProviderCaller(_providers[number % Clients]));

    public async Task<long> RequestsAsync()
    {
        if (_isNode)
        {
            // Whatever is sent is a command. The two INFO between the first count and the last are the benchmark's own.
            return await CommandsAsync() - (2 * _counts++);
        }

        // A SET inside of a script is counted as one outside: only the plain pair sends it by itself.
        string[] names = _isPlain ? ["cmdstat_set:", "cmdstat_evalsha:"] : ["cmdstat_evalsha:", "cmdstat_eval:"];
        var lines = await InfoAsync("commandstats");
        return lines.Where(line => names.Any(name => line.StartsWith(name, StringComparison.Ordinal)))
            .Sum(line => Number(line[(line.IndexOf("calls=", StringComparison.Ordinal) + 6)..line.IndexOf(',')]));
    }

    public async Task<long> CommandsAsync() =>
        Number((await InfoAsync("stats")).First(line => line.StartsWith("total_commands_processed:", StringComparison.Ordinal)).Split(':')[1]);

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable owned in _providers.Concat<IAsyncDisposable>(_clients))
        {
            await owned.DisposeAsync();
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private async Task<string[]> InfoAsync(string section) =>
        (await _clients[0].ExecuteRepeatableAsync(["INFO", section], CancellationToken.None)).Text.Split("\r\n");
}
