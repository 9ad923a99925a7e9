using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>
/// The environment variable that every process of a session inherits, by which those are found that left the session (setsid(2), daemons).
/// Its value is a path of random ids, <c>OUTER/INNER</c>: a supervisor that is itself an instance of another one appends to what it was
/// given, so that the outer one still finds what the inner one started. A process that clears its environment is not found by it.
/// </summary>
internal static class SessionMarker
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "EVENKEEL_SESSION";

    /// <summary>An id has this many characters, all of them hexadecimal digits.</summary>
    public const int Length = 32;

    /// <summary>Some tens of milliseconds; a process that stays in exec longer (its loader waits for a disk) is left to the next scan.</summary>
    private const int ExecAttempts = 2000;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
    private static readonly byte[] Assignment = Encoding.ASCII.GetBytes(Variable + "=");

    /// <summary>Draws an id that nobody can guess.</summary>
    public static string Draw() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>True for text that <see cref="Draw"/> can have returned.</summary>
    public static bool IsValid(ReadOnlySpan<char> id) => id.Length == Length && !id.ContainsAnyExcept(Digits);

    /// <summary>The variable's value for a process that belongs to what <paramref name="outer"/> says and to <paramref name="id"/>.</summary>
    public static string Append(string? outer, string id) => string.IsNullOrEmpty(outer) ? id : $"{outer}/{id}";

    /// <summary>The environment with the id appended to the marker in it.</summary>
    public static Dictionary<string, string> Mark(IReadOnlyDictionary<string, string> environment, string id)
    {
        Dictionary<string, string> marked = new(environment, StringComparer.Ordinal);
        marked[Variable] = Append(marked.GetValueOrDefault(Variable), id);
        return marked;
    }

    /// <summary>The ids that a process carries; empty when it has none or is another user's.</summary>
    public static string[] Of(int pid)
    {
        // In the middle of exec(2) a process shows an empty environment, for microseconds; but it may lose the processor just then, and
        // who reads it would take a marked process for a stranger.
        for (int attempt = 0; attempt < ExecAttempts; attempt++)
        {
            byte[]? block = ProcFile.Read($"/proc/{pid}/environ");
            if (block is null || block.Length > 0 || !ExecWindow.IsOpen(ProcFile.Read($"/proc/{pid}/stat")))
            {
                return Parse(block);
            }

            Thread.Yield();
        }

        return [];
    }

    /// <summary>The ids in an environment block, whose variables end with NUL each.</summary>
    public static string[] Parse(ReadOnlySpan<byte> block)
    {
        while (!block.IsEmpty)
        {
            int end = block.IndexOf((byte)0);
            ReadOnlySpan<byte> variable = end < 0 ? block : block[..end];
            if (variable.StartsWith(Assignment))
            {
                return Encoding.ASCII.GetString(variable[Assignment.Length..]).Split('/');
            }

            block = end < 0 ? [] : block[(end + 1)..];
        }

        return [];
    }
}
