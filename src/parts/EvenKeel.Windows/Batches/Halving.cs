using Npgsql;

namespace EvenKeel.Windows.Batches;

/// <summary>
/// Does something with many windows at once, and where the server refuses what one of them holds, with each half: a window whose results cannot be
/// computed must not keep the others open. With n windows of which one is refused that costs some 2 log n more transactions.
/// </summary>
internal static class Halving
{
    /// <summary>Runs it.</summary>
    /// <param name="windows">The windows; at least one.</param>
    /// <param name="run">Does it in a transaction of its own, and returns how many were done.</param>
    /// <returns>How many were done.</returns>
    /// <exception cref="PostgresException">The server refused all of them.</exception>
    public static async Task<int> RunAsync<T>(IReadOnlyList<T> windows, Func<IReadOnlyList<T>, Task<int>> run)
    {
        PostgresException refused;
        try
        {
            return await run(windows).ConfigureAwait(false);
        }
        catch (PostgresException error) when (windows.Count > 1 && IsOfOne(error))
        {
            refused = error;
        }

        int done = 0;
        foreach (T[] half in new T[][] { [.. windows.Take(windows.Count / 2)], [.. windows.Skip(windows.Count / 2)] })
        {
            try
            {
                done += await RunAsync(half, run).ConfigureAwait(false);
            }
            catch (PostgresException error) when (IsOfOne(error))
            {
                refused = error;
            }
        }

        return done > 0 ? done : throw refused;
    }

    // Classes 22 and 23: values and constraints. 54: a result that is too large. P0: an error that a function of the aggregate raised.
    private static bool IsOfOne(PostgresException error) => error.SqlState[..2] is "22" or "23" or "54" or "P0";
}
