using System.Globalization;
using System.Text;

namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>What /proc/PID/stat (proc_pid_stat(5)) says of a process.</summary>
/// <param name="Id">The process id.</param>
/// <param name="State">The state's letter: R, S, D, T (stopped), t (traced), Z (zombie), X (dead), I.</param>
/// <param name="Parent">The id of the parent; 0 when that is outside this PID namespace.</param>
/// <param name="Session">The id of the session.</param>
/// <param name="StartTime">Clock ticks from the boot to the start; with <paramref name="Id"/> it names a process for good.</param>
internal readonly record struct ProcessStatus(int Id, char State, int Parent, int Session, long StartTime)
{
    /// <summary>False for zombies, which hold nothing but their number.</summary>
    public bool IsAlive => State is not ('Z' or 'X' or 'x');

    /// <summary>True when it is stopped by a signal or by a debugger.</summary>
    public bool IsStopped => State is 'T' or 't';

    /// <summary>Parses the one line of the file; null when it has not the form.</summary>
    public static ProcessStatus? Parse(ReadOnlySpan<byte> line)
    {
        // The name is in parentheses and may itself contain parentheses, spaces and line ends: fields count from the last one.
        int opening = line.IndexOf((byte)'(');
        int closing = line.LastIndexOf((byte)')');
        if (opening < 2 || closing < opening || closing + 2 >= line.Length)
        {
            return null;
        }

        string[] fields = Encoding.ASCII.GetString(line[(closing + 2)..]).Split(' ');
        return fields.Length > 19
            && int.TryParse(line[..(opening - 1)], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && fields[0].Length == 1
            && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int parent)
            && int.TryParse(fields[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int session)
            && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
            ? new ProcessStatus(id, fields[0][0], parent, session, start)
            : null;
    }
}
