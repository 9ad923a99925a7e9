using System.Text.Json;
using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Workload;

/// <summary>Finds ids and elements in replies by the workload's pointers, and says what is there instead when a pointer does not match.</summary>
internal sealed class ElementReader
{
    private readonly JsonPointer? _addedId;
    private readonly JsonPointer _items;
    private readonly JsonPointer _itemId;
    private readonly JsonPointer? _itemValue;

    /// <summary>Reads the pointers of a workload.</summary>
    /// <exception cref="ProofException">One of them is not a JSON pointer.</exception>
    public ElementReader(WorkloadOptions options)
    {
        _addedId = options.AddedId is null ? null : Parse("add.id", options.AddedId);
        _items = Parse("list.items", options.Items);
        _itemId = Parse("list.id", options.ItemId);
        _itemValue = options.ItemValue is null ? null : Parse("list.value", options.ItemValue);
    }

    /// <summary>True when the id of a new element comes from the reply.</summary>
    public bool ServiceChoosesId => _addedId is not null;

    /// <summary>The id in the reply to an add.</summary>
    public bool TryReadAddedId(ReadOnlyMemory<byte> body, out string? id, out string problem)
    {
        id = null;
        if (_addedId is null)
        {
            problem = "";
            return true;
        }

        using var document = Open(body, out problem);
        return document is not null && TryText(document.RootElement, _addedId, "add.id", out id, out problem);
    }

    /// <summary>All elements in the reply to a list.</summary>
    public bool TryReadList(ReadOnlyMemory<byte> body, out List<Element> elements, out string problem)
    {
        elements = [];
        using var document = Open(body, out problem);
        if (document is null)
        {
            return false;
        }

        if (!_items.TryFind(document.RootElement, out var items, out var missing))
        {
            problem = $"workload.list.items '{_items.Text}' does not match: {missing}";
            return false;
        }

        if (items.ValueKind != JsonValueKind.Array)
        {
            problem = $"workload.list.items '{_items.Text}' leads to {JsonPointer.Describe(items)} instead of an array";
            return false;
        }

        foreach (var item in items.EnumerateArray())
        {
            if (!TryElement(item, out var element, out problem))
            {
                return false;
            }

            elements.Add(element);
        }

        return true;
    }

    /// <summary>The one element in the reply to a get.</summary>
    public bool TryReadOne(ReadOnlyMemory<byte> body, out Element element, out string problem)
    {
        element = default;
        using var document = Open(body, out problem);
        return document is not null && TryElement(document.RootElement, out element, out problem);
    }

    private bool TryElement(JsonElement item, out Element element, out string problem)
    {
        element = default;
        string? value = null;
        if (!TryText(item, _itemId, "list.id", out var id, out problem)
            || (_itemValue is not null && !TryText(item, _itemValue, "list.value", out value, out problem)))
        {
            return false;
        }

        element = new Element(id!, value);
        return true;
    }

    private static bool TryText(JsonElement document, JsonPointer pointer, string key, out string? text, out string problem)
    {
        text = null;
        if (!pointer.TryFind(document, out var found, out var missing))
        {
            problem = $"workload.{key} '{pointer.Text}' does not match: {missing}";
            return false;
        }

        text = found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number => found.GetRawText(),
            JsonValueKind.Null when key == "list.value" => "",
            _ => null,
        };
        problem = text is null ? $"workload.{key} '{pointer.Text}' leads to {JsonPointer.Describe(found)} instead of a string or a number" : "";
        return text is not null;
    }

    private static JsonDocument? Open(ReadOnlyMemory<byte> body, out string problem)
    {
        try
        {
            problem = "";
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            problem = body.Length == 0 ? "the body is empty where JSON was expected" : "the body is not JSON";
            return null;
        }
    }

    private static JsonPointer Parse(string key, string text)
    {
        try
        {
            return JsonPointer.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new ProofException($"workload.{key}: {exception.Message}", exception);
        }
    }
}
