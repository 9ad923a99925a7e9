using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Sightings;

/// <summary>
/// Decides which elements that replies showed are one and the same. A subject is what one add meant to create, told by its unique value, or
/// by its id when the workload shows no values; everything shown that no add accounts for is a subject of its own. The number of a subject is
/// that of the first element that showed it, so almost always subject and element number are equal; an element with another number is an
/// alias (one value under two ids). Adds that nothing ever showed get numbers after the last element.
/// </summary>
internal sealed class SubjectMap
{
    private const int Ambiguous = -1;

    private readonly History _history;
    private readonly Dictionary<string, int> _byKey = [];
    private readonly Dictionary<string, int> _byElementId = [];
    private readonly Dictionary<int, List<Operation>> _adds = [];
    private readonly List<string> _unseenNames = [];
    private readonly int[] _ofElement;
    private readonly bool _byValue;

    /// <summary>Maps all elements and adds of a history.</summary>
    public SubjectMap(History history)
    {
        _history = history;
        _ofElement = new int[history.Elements.Count];
        _byValue = _ofElement.Length == 0;
        for (var number = 0; number < _ofElement.Length && !_byValue; number++)
        {
            _byValue = history.Elements[number].Value is not null;
        }

        var sent = new HashSet<string>();
        foreach (var add in history.Operations.Where(static operation => operation.Kind == OperationKind.Add))
        {
            if (KeyOf(add) is { } key)
            {
                sent.Add(key);
            }
        }

        MapElements(sent);
        MapAdds();
    }

    /// <summary>One more than the largest subject number.</summary>
    public int Count => _ofElement.Length + _unseenNames.Count;

    /// <summary>True when some element is an alias.</summary>
    public bool HasAliases { get; private set; }

    /// <summary>The subjects that adds meant to create, with those adds in order.</summary>
    public IReadOnlyDictionary<int, List<Operation>> Adds => _adds;

    /// <summary>The subject that an element shows.</summary>
    public int OfElement(int number) => _ofElement[number];

    /// <summary>The subject of an add or a get, or null when nothing tells it.</summary>
    public int? Of(Operation operation)
    {
        if (KeyOf(operation) is { } key && _byKey.TryGetValue(key, out var subject))
        {
            return subject;
        }

        return operation is { Kind: OperationKind.Get, Value: null, ElementId: { } id }
            && _byElementId.TryGetValue(id, out subject)
            && subject != Ambiguous ? subject : null;
    }

    /// <summary>What to call a subject: its value, or its id.</summary>
    public string Name(int subject)
    {
        if (subject >= _ofElement.Length)
        {
            return _unseenNames[subject - _ofElement.Length];
        }

        var element = _history.Elements[subject];
        return element.Value ?? element.Id;
    }

    private string? KeyOf(Operation operation) => _byValue ? operation.Value : operation.ElementId;

    private void MapElements(HashSet<string> sent)
    {
        for (var number = 0; number < _ofElement.Length; number++)
        {
            var element = _history.Elements[number];
            _ofElement[number] = number;
            var key = _byValue ? element.Value : element.Id;
            if (key is not null && sent.Contains(key) && !_byKey.TryAdd(key, number))
            {
                _ofElement[number] = _byKey[key];
                HasAliases = true;
            }

            NoteId(element.Id, _ofElement[number]);
        }
    }

    private void NoteId(string id, int subject)
    {
        if (!_byElementId.TryAdd(id, subject) && _byElementId[id] != subject)
        {
            _byElementId[id] = Ambiguous;
        }
    }

    private void MapAdds()
    {
        foreach (var add in _history.Operations)
        {
            if (add.Kind != OperationKind.Add || KeyOf(add) is not { } key)
            {
                continue;
            }

            if (!_byKey.TryGetValue(key, out var subject))
            {
                subject = Count;
                _unseenNames.Add(add.Value ?? key);
                _byKey.Add(key, subject);
            }

            if (!_adds.TryGetValue(subject, out var list))
            {
                _adds.Add(subject, list = []);
            }

            list.Add(add);
            if (add.ElementId is { } id)
            {
                NoteId(id, subject);
            }
        }
    }
}
