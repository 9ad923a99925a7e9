using System.Security.Cryptography;

namespace EvenKeel.Cli.Reloading;

/// <summary>
/// Notices that a file has changed, by looking at its content: that sees a file that was renamed into place, one behind a link that was turned,
/// and one on a network drive alike. A change counts once two looks in a row see the same, so that a file that is being written is left in peace.
/// A file that is gone for a moment is no change.
/// </summary>
/// <param name="files">The files at each moment; those that do not exist count as empty, but for the first.</param>
/// <param name="time">The clock.</param>
internal sealed class ConfigurationWatch(Func<IReadOnlyList<string>> files, TimeProvider time)
{
    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Looks until the token ends. The first content counts as a change too: the file may have changed since it was read, and whoever is called
    /// finds out.
    /// </summary>
    /// <param name="changed">Called for each change, one call after the other.</param>
    /// <param name="cancellation">Ends it; it does not throw then.</param>
    public async Task RunAsync(Action changed, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        string? known = null;
        var before = Look();
        while (await NextAsync(timer, cancellation))
        {
            var now = Look();
            if (now is not null && now == before && now != known)
            {
                known = now;
                changed();
            }

            before = now;
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private string? Look()
    {
        try
        {
            return string.Join(' ', files().Select((file, index) => index > 0 && !File.Exists(file) ? "-" : Hash(file)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Hash(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
