using Metering.Hosting;
using Npgsql;

namespace Metering.Schema;

/// <summary>
/// Prepares the database when it can be reached, however long that takes: an instance starts at once and becomes ready with its database.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="demo">Whether to make the demonstration's data.</param>
/// <param name="extra">What a planted bug needs besides, or null.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="logger">Told why it is not prepared yet.</param>
internal sealed class Preparation(NpgsqlDataSource database, bool demo, string? extra, TimeProvider time, ILogger<Preparation> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the database is prepared.</summary>
    public Task Done => _done.Task;

    /// <summary>Why it is not prepared yet; null once it is.</summary>
    public string? Failure { get; private set; } = "the database is not prepared yet";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MeteringSchema.PrepareAsync(database, demo, extra, stoppingToken);
                Failure = null;
                _done.TrySetResult();
                return;
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or NotSupportedException or IOException)
            {
                if (Failure != error.Message)
                {
                    MeteringLog.NotPrepared(logger, error.Message);
                    Failure = error.Message;
                }
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
