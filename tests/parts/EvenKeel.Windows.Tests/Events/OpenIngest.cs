using Npgsql;

namespace EvenKeel.Windows.Tests.Events;

/// <summary>A transaction that has stored events and has not committed.</summary>
internal sealed class OpenIngest(NpgsqlConnection connection, NpgsqlTransaction transaction, int added) : IAsyncDisposable
{
    public async Task<int> CommitAsync()
    {
        await transaction.CommitAsync(EventLog.Token);
        return added;
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
