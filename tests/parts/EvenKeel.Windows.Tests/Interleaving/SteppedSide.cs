using System.Net;
using EvenKeel.Windows.Tests.Events;
using Metering.Relay.Relaying;
using Npgsql;

namespace EvenKeel.Windows.Tests.Interleaving;

/// <summary>
/// One of two programs that work on one database at the same time, whose every round trip waits at a gate until the test lets it pass. What it
/// does is the code as it is: the gate is on the way to the database.
/// </summary>
internal sealed class SteppedSide : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly EventLog _log;
    private readonly string _name;
    private readonly PostgresRelay _relay;
    private readonly SemaphoreSlim _gate = new(0);
    private int _arrived;
    private int _let;
    private volatile bool _isOpen = true;

    private SteppedSide(EventLog log, string name)
    {
        (_log, _name) = (log, name);
        var database = new NpgsqlConnectionStringBuilder(log.Database.ConnectionString);
        _relay = PostgresRelay.Start(
            new IPEndPoint(IPAddress.Loopback, 0),
            new IPEndPoint(IPAddress.Loopback, database.Port),
            new RelayRules { Before = WaitAtTheGateAsync },
            TimeProvider.System);

        // One connection and no reset of it between two uses: each round trip is one of the code under test.
        (database.Port, database.MaxPoolSize, database.NoResetOnClose, database.ApplicationName) = (_relay.Address.Port, 1, true, name);
        Database = NpgsqlDataSource.Create(database);
    }

    /// <summary>The way to the database.</summary>
    public NpgsqlDataSource Database { get; }

    public static async Task<SteppedSide> StartAsync(EventLog log, string name)
    {
        var side = new SteppedSide(log, name);

        // What a first connection asks besides is no step.
        await using NpgsqlCommand command = side.Database.CreateCommand("SELECT 1");
        await command.ExecuteNonQueryAsync(EventLog.Token);
        return side;
    }

    /// <summary>Begins work, whose first round trip waits at the gate.</summary>
    public Task Begin(Func<Task> work)
    {
        (_arrived, _let, _isOpen) = (0, 0, false);
        return Task.Run(work, EventLog.Token);
    }

    /// <summary>
    /// Lets the next round trip pass and returns when it is answered, or waits for a lock of the other side. Does nothing when the work is over, or
    /// still waits.
    /// </summary>
    public async Task StepAsync(Task work)
    {
        if (!await ArrivesAsync(work))
        {
            return;
        }

        _let++;
        _gate.Release();
        await ArrivesAsync(work);
    }

    /// <summary>Lets everything pass.</summary>
    public void Open()
    {
        _isOpen = true;
        _gate.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _relay.DisposeAsync();
        _gate.Dispose();
    }

    /// <summary>True when it stands at the gate, false when the work is over or waits for a lock.</summary>
    private async Task<bool> ArrivesAsync(Task work)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (Volatile.Read(ref _arrived) == _let)
        {
            if (work.IsCompleted || await IsWaitingAsync())
            {
                return false;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline, $"{_name} neither goes on nor waits");
        }

        return true;
    }

    private async Task<bool> IsWaitingAsync() => (await _log.QueryAsync($"""
        SELECT 1 FROM pg_stat_activity WHERE application_name = '{_name}' AND datname = current_database() AND wait_event_type = 'Lock'
        """)).Count > 0;

    // BEGIN goes with the statement behind it.
    private async Task WaitAtTheGateAsync(RelayStep step, CancellationToken cancellationToken)
    {
        if (_isOpen || step.Statements is [var first, ..] && first.StartsWith("BEGIN", StringComparison.Ordinal))
        {
            return;
        }

        Interlocked.Increment(ref _arrived);
        await _gate.WaitAsync(cancellationToken);
    }
}
