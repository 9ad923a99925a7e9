using System.Diagnostics.CodeAnalysis;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Binding;

/// <summary>The values of one map while it is bound: what its keys gave, their defaults, and where they stand.</summary>
internal sealed class KeyValues(ConfigMap map, string path, BindingContext context)
{
    private readonly Dictionary<Key, object?> _bound = [];
    private readonly HashSet<Key> _failed = [];

    public ConfigMap Map { get; } = map;

    public string Path { get; } = path;

    public BindingContext Context { get; } = context;

    /// <summary>True once anything in the map was wrong; then nothing is created from it.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>True when the map has the key, whatever its value.</summary>
    public bool Has(Key key) => Map.Find(key.Name) is not null;

    /// <summary>The value of a key that is required or has a default. To be asked only when nothing failed.</summary>
    public T Get<T>(Key<T> key) => _bound.TryGetValue(key, out var value) ? (T)value! : key.Default!;

    /// <summary>The value of a key, or null when it is not given.</summary>
    public T? Find<T>(Key<T> key)
        where T : class => _bound.TryGetValue(key, out var value) ? (T?)value : null;

    /// <summary>The value of a key, or null when it is not given.</summary>
    public T? FindValue<T>(Key<T> key)
        where T : struct => _bound.TryGetValue(key, out var value) ? (T?)value : null;

    /// <summary>The value of a key or its default; false when it was wrong, or is absent without a default.</summary>
    public bool TryGet<T>(Key<T> key, [MaybeNullWhen(false)] out T value)
    {
        if (_bound.TryGetValue(key, out var bound))
        {
            value = (T)bound!;
            return true;
        }

        value = key.Default;
        return key.HasDefault && !_failed.Contains(key);
    }

    /// <summary>Where the value of a key stands; the head of the map when the key is absent.</summary>
    public SourceSpan ValueSpan(Key key) => Map.Find(key.Name)?.Span ?? Map.Head;

    /// <summary>Where a key itself stands; the head of the map when it is absent.</summary>
    public SourceSpan KeySpan(Key key) => Map.Find(key.Name)?.Head ?? Map.Head;

    public void Set(Key key, object? value) => _bound[key] = value;

    public void MarkFailed(Key key)
    {
        _failed.Add(key);
        HasFailed = true;
    }

    public void MarkFailed() => HasFailed = true;

    public void Fail(string code, SourceSpan span, string message, string? label = null, string? help = null)
    {
        HasFailed = true;
        Context.Fail(code, span, message, label, help);
    }

    /// <summary>Reports two keys that exclude each other, at the later one.</summary>
    public void RefuseBoth(Key first, Key second, string help)
    {
        if (Has(first) && Has(second))
        {
            var (a, b) = (KeySpan(first), KeySpan(second));
            var isInOrder = (a.Line, a.Column).CompareTo((b.Line, b.Column)) < 0;
            var (early, late) = isInOrder ? (first, second) : (second, first);
            Fail(DiagnosticCodes.Exclusive, KeySpan(late), $"'{first.Name}' and '{second.Name}' exclude each other",
                $"'{early.Name}' is given on line {KeySpan(early).Line}", help);
        }
    }

    public void FailMissing(string message, string help) => Fail(DiagnosticCodes.MissingKey, Map.Head, message, null, help);
}
