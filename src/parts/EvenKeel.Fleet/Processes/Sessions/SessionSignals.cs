using EvenKeel.Fleet.Processes.Native;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>Sends signals to processes that a scan found, never to a number that was given to somebody else meanwhile.</summary>
internal static class SessionSignals
{
    /// <summary>Scans that Kill and Stop make at most; a session that still forks after so many is a fork bomb, and the caller tries again.</summary>
    public const int ScanLimit = 100;

    /// <summary>The number of a signal on Linux x64, arm and arm64.</summary>
    public static int Number(ProcessSignal signal) => signal switch
    {
        ProcessSignal.Terminate => 15,
        ProcessSignal.Kill => 9,
        ProcessSignal.Stop => 19,
        ProcessSignal.Continue => 18,
        ProcessSignal.Interrupt => 2,
        ProcessSignal.Quit => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "This signal is not known."),
    };

    /// <summary>
    /// Sends a signal to every process that <paramref name="scan"/> returns. Kill and Stop, after which a process forks no more, are repeated
    /// until a scan finds nobody new: a child that was forked while the first scan ran is met by the next. Terminate and Continue are sent
    /// once, so that what a handler of Terminate starts to clean up is left to do so.
    /// </summary>
    /// <returns>How many processes got it.</returns>
    public static int Send(ProcessSignal signal, Func<List<ProcessStatus>> scan)
    {
        int number = Number(signal);
        bool repeat = signal is ProcessSignal.Kill or ProcessSignal.Stop;
        HashSet<(int, long)> met = [];
        int sent = 0;
        for (int round = 0; round < (repeat ? ScanLimit : 1); round++)
        {
            int before = met.Count;
            foreach (ProcessStatus status in scan())
            {
                if (met.Add((status.Id, status.StartTime)) && Send(status, number))
                {
                    sent++;
                }
            }

            if (met.Count == before)
            {
                break;
            }
        }

        return sent;
    }

    /// <summary>Sends a signal to one process; false when it has ended, its number is somebody else's by now, or it is another user's.</summary>
    public static bool Send(ProcessStatus target, int number)
    {
        // The descriptor holds on to one process; the start time, read after it was opened, says whether that is the one that was meant.
        using SafeFileHandle process = PidfdCalls.Open(target.Id);
        return !process.IsInvalid
            && ProcessTable.Find(target.Id)?.StartTime == target.StartTime
            && PidfdCalls.Send(process, number);
    }
}
