using System.Globalization;
using System.Runtime.InteropServices;

namespace EvenKeel.Fleet.Guard;

/// <summary>
/// The guardian: a process beside the supervisor that does nothing until the supervisor is gone, and then kills what it left behind. It ends
/// only by its pipe; SIGINT, SIGTERM, SIGHUP and SIGQUIT, which a terminal or an operator sends to everything at once, do not end it.
/// </summary>
public static class GuardianProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Guards until the input ends.</summary>
    /// <param name="input">The pipe whose writing end only the supervisor holds; see <see cref="Guardian"/>.</param>
    /// <param name="output">Gets the line <c>ready</c>, and what there is to report; it may be a broken pipe.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the guard without a kill; for a host that embeds it.</param>
    /// <returns>The exit code: 0 when nothing is left, 1 when a process could not be killed in 10 s.</returns>
    public static async Task<int> RunAsync(Stream input, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        PosixSignalRegistration[] ignored = [.. IgnoreSignals()];
        try
        {
            Say(output, GuardProtocol.Ready);
            GuardBook book = new();
            await foreach (string line in GuardLines.ReadAsync(input, cancellationToken).ConfigureAwait(false))
            {
                if (!book.Apply(line))
                {
                    Say(output, "A line of the supervisor was not understood, or was one too many, and left out: the two are of different versions?");
                }

                if (book.IsReleased)
                {
                    return 0;
                }
            }

            return await EndAsync(book, output, time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Array.ForEach(ignored, registration => registration.Dispose());
        }
    }

    private static async Task<int> EndAsync(GuardBook book, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        ISessionHunter hunter = OperatingSystem.IsLinux() ? new LinuxSessionHunter() : new PortableSessionHunter();
        long start = time.GetTimestamp();
        int left;
        while ((left = hunter.Kill(book)) > 0 && time.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }

        Say(output, left == 0
            ? "The supervisor ended without a word; all that it had started was ended."
            : string.Create(CultureInfo.InvariantCulture, $"The supervisor ended without a word; {left} of its processes could not be ended."));
        return left == 0 ? 0 : 1;
    }

    private static IEnumerable<PosixSignalRegistration> IgnoreSignals()
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        return signals.Select(signal => PosixSignalRegistration.Create(signal, static context => context.Cancel = true));
    }

    /// <summary>Whoever read it may be dead, which is the very case this program is for.</summary>
    private static void Say(TextWriter output, string line)
    {
        try
        {
            output.WriteLine(line);
            output.Flush();
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // Nobody is left to hear it; the guardian goes on.
        }
    }
}
