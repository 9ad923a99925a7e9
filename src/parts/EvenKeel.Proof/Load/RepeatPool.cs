using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Load;

/// <summary>The last requests of a name that succeeded, from which repetitions are drawn. Any thread may use it.</summary>
internal sealed class RepeatPool
{
    /// <summary>How many are remembered: 4096, under 1 MB.</summary>
    public const int Capacity = 4096;

    private readonly Lock _gate = new();
    private readonly List<TemplateValues> _values = [];
    private int _next;

    /// <summary>Remembers one; the oldest is forgotten when the pool is full.</summary>
    public void Add(TemplateValues values)
    {
        lock (_gate)
        {
            if (_values.Count < Capacity)
            {
                _values.Add(values);
                return;
            }

            _values[_next] = values;
            _next = (_next + 1) % Capacity;
        }
    }

    /// <summary>One of them, or null when there is none.</summary>
    public TemplateValues? Draw(TemplateValues forWhom)
    {
        lock (_gate)
        {
            return _values.Count == 0 ? null : _values[(int)forWhom.Draw("repeat", (ulong)_values.Count)];
        }
    }
}
