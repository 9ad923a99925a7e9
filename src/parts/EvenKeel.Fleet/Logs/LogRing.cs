namespace EvenKeel.Fleet.Logs;

/// <summary>The last lines of one instance, over its lives. Not thread-safe.</summary>
internal sealed class LogRing
{
    /// <summary>How many lines are kept.</summary>
    public const int LineLimit = 1000;

    /// <summary>How many characters are kept in all, so that long lines cannot fill the memory: 4 Mi.</summary>
    public const int CharacterLimit = 4 * 1024 * 1024;

    private readonly Queue<LogLine> _lines = new();
    private long _characters;

    /// <summary>Keeps a line, and forgets the oldest as far as the limits ask for it.</summary>
    public void Add(LogLine line)
    {
        _lines.Enqueue(line);
        _characters += line.Text.Length;
        while (_lines.Count > LineLimit || _characters > CharacterLimit)
        {
            _characters -= _lines.Dequeue().Text.Length;
        }
    }

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyList<LogLine> Last(int count) => [.. _lines.Skip(_lines.Count - Math.Min(count, _lines.Count))];

    /// <summary>
    /// The last lines of one life, oldest first. Up to half of them are kept for standard error: the two outputs are read apart, so a
    /// flood of the one can come in after the last words of the other, which explain the end.
    /// </summary>
    public IReadOnlyList<LogLine> Last(int count, int generation)
    {
        var ofLife = _lines.Where(line => line.Generation == generation).ToList();
        var errors = ofLife.Where(line => line.IsError).TakeLast(count / 2).ToHashSet(ReferenceEqualityComparer.Instance);
        var others = ofLife.Where(line => !errors.Contains(line)).TakeLast(count - errors.Count).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. ofLife.Where(line => errors.Contains(line) || others.Contains(line))];
    }
}
