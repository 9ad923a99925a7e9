using EvenKeel.Locks.Waiting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EvenKeel.Locks.Postgres;

/// <summary>
/// One connection of its own that hears whose turn it is. It is made for the first waiter, asks for a sign of life now and then, and is made
/// again when it is lost; then all waiters look.
/// </summary>
internal sealed class PostgresListener(
    NpgsqlDataSource source, string clientName, LockProviderOptions options, WaiterTable waiters, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private Task? _running;

    /// <summary>Begins to listen.</summary>
    /// <returns>True when it had begun before, or cannot yet.</returns>
    public async ValueTask<bool> ListenAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _running) is not null)
        {
            return true;
        }

        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_running is null)
            {
                NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
                Volatile.Write(ref _running, Task.Run(() => RunAsync(connection), CancellationToken.None));
            }

            return false;
        }
        catch (NpgsqlException error)
        {
            LockLog.ListenFailed(logger, error.Message);
            return true;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_running is { } running)
        {
            await running.ConfigureAwait(false);
        }

        _starting.Dispose();
        _stop.Dispose();
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            connection.Notification += (_, told) => waiters.Wake(told.Payload);
            await ExecuteAsync(connection, $"LISTEN evenkeel_lock_{clientName}", cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task RunAsync(NpgsqlConnection first)
    {
        NpgsqlConnection? connection = first;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                connection ??= await OpenAsync(_stop.Token).ConfigureAwait(false);
                waiters.WakeAll();
                while (true)
                {
                    if (!await connection.WaitAsync(SignOfLife, _stop.Token).ConfigureAwait(false))
                    {
                        await ExecuteAsync(connection, "SELECT 1", _stop.Token).ConfigureAwait(false);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The only canceller is DisposeAsync.
            }
            catch (Exception error) when (error is NpgsqlException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                LockLog.ListenFailed(logger, error.Message);
                await Task.Delay(options.LookInterval, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                if (connection is not null)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                    connection = null;
                }
            }
        }
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)options.StatementTimeout.TotalSeconds };
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
