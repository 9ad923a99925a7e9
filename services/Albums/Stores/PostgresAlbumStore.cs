using Albums.Model;
using Npgsql;

namespace Albums.Stores;

/// <summary>
/// Albums in a table of PostgreSQL. The primary key makes the add atomic, a sequence the number. The first instance to start creates both and
/// the start data in one transaction under an advisory lock, in which the others wait and then find the table.
/// </summary>
internal sealed class PostgresAlbumStore(NpgsqlDataSource source) : IAlbumStore
{
    private const string Prepare = """
        SELECT pg_advisory_xact_lock(7233150841);
        DO $$
        BEGIN
            IF to_regclass('albums') IS NULL THEN
                CREATE TABLE albums (id text PRIMARY KEY, title text NOT NULL, artist text NOT NULL, price double precision NOT NULL);
                CREATE SEQUENCE albums_number START 4;
                INSERT INTO albums VALUES
                    ('1', 'Blue Train', 'John Coltrane', 56.99),
                    ('2', 'Jeru', 'Gerry Mulligan', 17.99),
                    ('3', 'Sarah Vaughan and Clifford Brown', 'Sarah Vaughan', 39.99);
            END IF;
        END $$;
        """;

    public Task<IReadOnlyList<Album>> ListAsync(CancellationToken cancellationToken) => ReadAsync(
        "SELECT id, title, artist, price FROM albums",
        [],
        async (command, token) => AlbumOrder.Sort(await RowsAsync(command, token)),
        cancellationToken);

    public Task<Album?> GetAsync(string id, CancellationToken cancellationToken) => ReadAsync(
        "SELECT id, title, artist, price FROM albums WHERE id = $1",
        [id],
        async (command, token) => (await RowsAsync(command, token)).SingleOrDefault(),
        cancellationToken);

    public async Task<bool> AddAsync(Album album, CancellationToken cancellationToken) => await WriteAsync(
        "INSERT INTO albums VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
        [album.Id, album.Title, album.Artist, album.Price],
        cancellationToken) == 1;

    public Task<long> NextNumberAsync(CancellationToken cancellationToken) => ReadAsync(
        "SELECT nextval('albums_number')",
        [],
        async (command, token) => (long)(await command.ExecuteScalarAsync(token))!,
        cancellationToken);

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        await WriteAsync("DELETE FROM albums WHERE id = $1", [id], cancellationToken) == 1;

    // Repeating it is harmless, so that a lost reply needs no distinction: the one implicit transaction of both statements has all or nothing.
    public Task PrepareAsync(CancellationToken cancellationToken) =>
        ReadAsync(Prepare, [], (command, token) => command.ExecuteNonQueryAsync(token), cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) =>
        ReadAsync("SELECT 1", [], (command, token) => command.ExecuteScalarAsync(token), cancellationToken);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async Task<List<Album>> RowsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var albums = new List<Album>();
        while (await reader.ReadAsync(cancellationToken))
        {
            albums.Add(new Album(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetDouble(3)));
        }

        return albums;
    }

    private async Task<T> ReadAsync<T>(
        string sql, object[] parameters, Func<NpgsqlCommand, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken);
        try
        {
            await using NpgsqlCommand command = Command(connection, sql, parameters);
            return await run(command, cancellationToken);
        }
        catch (NpgsqlException error)
        {
            throw new StoreUnavailableException($"PostgreSQL did not answer: {error.Message}", error);
        }
    }

    private async Task<int> WriteAsync(string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken);
        try
        {
            await using NpgsqlCommand command = Command(connection, sql, parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException error) when (error.Severity is "ERROR")
        {
            // The server rolled the statement back and lives.
            throw new StoreUnavailableException($"PostgreSQL refused: {error.MessageText}", error);
        }
        catch (NpgsqlException error)
        {
            throw new StoreOutcomeUnknownException($"PostgreSQL did not confirm: {error.Message}", error);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw new StoreUnavailableException($"PostgreSQL cannot be reached: {error.Message}", error);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (object parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
