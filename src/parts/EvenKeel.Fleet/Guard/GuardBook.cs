using System.Globalization;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Guard;

/// <summary>What a guardian was told.</summary>
internal sealed class GuardBook
{
    private readonly Dictionary<int, SessionKey> _sessions = [];
    private readonly HashSet<string> _markers = new(StringComparer.Ordinal);

    /// <summary>The recorded sessions.</summary>
    public IReadOnlyCollection<SessionKey> Sessions => _sessions.Values;

    /// <summary>The markers whose carriers are guarded.</summary>
    public IReadOnlyCollection<string> Markers => _markers;

    /// <summary>True after <c>bye</c>.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>Obeys a line (<see cref="GuardProtocol"/>); false when it is none of the grammar, or one too many, and was left out.</summary>
    public bool Apply(string line)
    {
        if (line.Length > GuardProtocol.LineLimit)
        {
            return false;
        }

        switch (line.Split(' '))
        {
            case ["mark", string marker] when SessionMarker.IsValid(marker) && _markers.Count < GuardProtocol.RecordLimit:
                _markers.Add(marker);
                return true;
            case ["add", string id, string start, string marker]
                when TryId(id, out int pid) && SessionMarker.IsValid(marker) && _sessions.Count < GuardProtocol.RecordLimit
                    && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out long startTime):
                _sessions[pid] = new SessionKey(pid, startTime, marker);
                return true;
            case ["remove", string id] when TryId(id, out int pid):
                _sessions.Remove(pid);
                return true;
            case [GuardProtocol.Bye]:
                IsReleased = true;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Session 0 is the kernel's and 1 is init's: nothing may ever name them.</summary>
    private static bool TryId(string text, out int pid) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pid) && pid > 1;
}
