using System.Net;
using Metering.Hosting;
using Metering.Relay.Relaying;
using Npgsql;

namespace Metering.Tests.Instances;

/// <summary>A way to the database that breaks behind chosen commits: when the server has committed, and before anybody is told.</summary>
internal sealed class CutWay : IAsyncDisposable
{
    private readonly PostgresRelay _relay;
    private int _left;
    private int _cuts;

    /// <param name="settings">Where the database is.</param>
    /// <param name="which">Which commits.</param>
    public CutWay(MeteringSettings settings, Predicate<RelayStep> which)
    {
        var database = new NpgsqlConnectionStringBuilder(settings.Database);
        _relay = PostgresRelay.Start(
            new IPEndPoint(IPAddress.Loopback, 0),
            new IPEndPoint(IPAddress.Loopback, database.Port),
            new RelayRules { Cut = step => step.IsCommit && which(step) && Interlocked.Decrement(ref _left) >= 0 && Interlocked.Increment(ref _cuts) > 0 },
            TimeProvider.System);
        database.Port = _relay.Address.Port;
        Settings = settings with { Database = database.ConnectionString };
    }

    /// <summary>The settings of an instance that takes this way.</summary>
    public MeteringSettings Settings { get; }

    /// <summary>How many connections were cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>From now on, the way breaks so many times.</summary>
    public void Break(int times) => Volatile.Write(ref _left, times);

    public ValueTask DisposeAsync() => _relay.DisposeAsync();
}
