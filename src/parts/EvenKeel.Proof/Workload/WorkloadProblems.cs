namespace EvenKeel.Proof.Workload;

/// <summary>Replies with a good status that could not be understood: the workload's pointers are wrong, or the service answers in two shapes.</summary>
internal sealed class WorkloadProblems
{
    private readonly Lock _gate = new();
    private string? _first;
    private int _count;

    /// <summary>The first problem and how many there were; null when there was none.</summary>
    public (string First, int Count)? Seen
    {
        get
        {
            lock (_gate)
            {
                return _first is null ? null : (_first, _count);
            }
        }
    }

    public void Note(WorkloadReply reply)
    {
        if (reply.Problem.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            _first ??= reply.Problem;
            _count++;
        }
    }
}
