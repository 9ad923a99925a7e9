using System.Text.Json.Nodes;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Proof.Discovery;

/// <summary>
/// Asks a running service what a proof of it has to know: 1. where its list of elements is; 2. a body that it accepts as a new element;
/// 3. where value and id of that element are; 4. whether one element can be read and removed; 5. a path that tells that it is ready.
/// It adds one element, and removes it when the service can.
/// </summary>
public sealed class ServiceDiscovery
{
    private static readonly string[] ReadyPaths = ["/readyz", "/healthz", "/health", "/livez", "/"];

    private readonly ServiceClient _client;
    private readonly DiscoveryQuestion _question;
    private readonly string _value;
    private readonly TimeProvider _time;

    private ServiceDiscovery(ServiceClient client, DiscoveryQuestion question, string value, TimeProvider time) =>
        (_client, _question, _value, _time) = (client, question, value, time);

    /// <summary>Asks the service at an address.</summary>
    /// <param name="address">One instance, asked directly.</param>
    /// <param name="question">What the user knows.</param>
    /// <param name="value">A text that no element has; letters, digits and dashes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="DiscoveryException">The service did not tell.</exception>
    public static async Task<DiscoveredService> AskAsync(
        Uri address, DiscoveryQuestion question, string value, TimeProvider time, CancellationToken cancellation)
    {
        using var client = new ServiceClient(address);
        return await new ServiceDiscovery(client, question, value, time).AskAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<DiscoveredService> AskAsync(CancellationToken cancellation)
    {
        // 1. The list.
        var (listMethod, listPath) = _question.List;
        var before = await _client.ReadAsync(listMethod, listPath, cancellation).ConfigureAwait(false);
        var items = JsonPlaces.Arrays(before).FirstOrDefault()
            ?? throw new DiscoveryException($"{listMethod} {listPath} answered JSON without an array in it: {ServiceClient.Shorten(before!.ToJsonString())}");

        // 2. A body.
        var element = (JsonPlaces.At(items, before) as JsonArray)?.FirstOrDefault();
        var (template, reply) = await AddAsync(element, cancellation).ConfigureAwait(false);

        // 3. Value and id.
        var added = await FindAsync(items, cancellation).ConfigureAwait(false);
        var valuePlace = JsonPlaces.Of(_value, added).First();
        var (body, itemId, addedId, id) = Identify(template, reply, added, valuePlace);

        // 4. One element.
        var get = await ReadsOneAsync(id, cancellation).ConfigureAwait(false);
        var remove = await RemovesOneAsync(id, items, cancellation).ConfigureAwait(false);

        // 5. Readiness.
        var workload = new WorkloadOptions
        {
            Add = new RequestOptions { Method = _question.Add.Method, Path = _question.Add.Path, Body = body },
            AddedId = addedId,
            List = new RequestOptions { Method = listMethod, Path = listPath },
            Items = items,
            ItemId = itemId,
            ItemValue = itemId == valuePlace ? null : valuePlace,
            Get = get,
            Remove = remove,
        };
        return new DiscoveredService(workload, await ReadyPathAsync(cancellation).ConfigureAwait(false), remove is null ? _value : null);
    }

    private async Task<(string Template, JsonNode? Reply)> AddAsync(JsonNode? element, CancellationToken cancellation)
    {
        var (method, path) = _question.Add;
        var refusals = new List<string>();
        foreach (var template in _question.Body is { } given ? [given] : BodyCandidates.First(element))
        {
            if (await TryAddAsync(template, refusals, cancellation).ConfigureAwait(false) is { } reply)
            {
                return (template, reply.Document);
            }
        }

        foreach (var template in _question.Body is null ? BodyCandidates.After(refusals) : [])
        {
            if (await TryAddAsync(template, refusals, cancellation).ConfigureAwait(false) is { } reply)
            {
                return (template, reply.Document);
            }
        }

        throw new DiscoveryException(
            $"{method} {path} refused every body that was tried; the last answer was {refusals[^1]}. Give one with --body, for example --body '{{\"name\":\"{{value}}\"}}'.");
    }

    private async Task<(bool Added, JsonNode? Document)?> TryAddAsync(string template, List<string> refusals, CancellationToken cancellation)
    {
        var body = template.Replace("{value}", _value, StringComparison.Ordinal).Replace("{id}", "id-" + _value, StringComparison.Ordinal);
        var (status, text) = await _client.SendAsync(_question.Add.Method, _question.Add.Path, body, cancellation).ConfigureAwait(false);
        if (status is >= 200 and <= 299)
        {
            return (true, ServiceClient.Parse(text));
        }

        refusals.Add($"{status}: {ServiceClient.Shorten(text)}");
        return null;
    }

    private async Task<JsonNode> FindAsync(string items, CancellationToken cancellation)
    {
        var (method, path) = _question.List;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var list = await _client.ReadAsync(method, path, cancellation).ConfigureAwait(false);
            var found = (JsonPlaces.At(items, list) as JsonArray)?.FirstOrDefault(element => JsonPlaces.Of(_value, element).Any());
            if (found is not null)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), _time, cancellation).ConfigureAwait(false);
        }

        throw new DiscoveryException(
            $"{_question.Add.Method} {_question.Add.Path} said that it added an element, but {method} {path} did not show it within 2 s. "
            + "The list must contain every element; a list in pages cannot be proved.");
    }

    // The identity is, in this order: an id of the service's that its reply tells; the client's own id; the value itself.
    private (string Body, string ItemId, string? AddedId, string Id) Identify(string template, JsonNode? reply, JsonNode added, string valuePlace)
    {
        foreach (var name in BodyCandidates.IdNames)
        {
            if (added is not JsonObject fields || fields[name] is not JsonValue id)
            {
                continue;
            }

            if (id.ToString() == "id-" + _value)
            {
                return (template, "/" + name, null, id.ToString());
            }

            if (JsonPlaces.Of(id.ToString(), reply).FirstOrDefault() is { } place)
            {
                return (template, "/" + name, place, id.ToString());
            }
        }

        return (template.Replace("{value}", "{id}", StringComparison.Ordinal), valuePlace, null, _value);
    }

    private async Task<RequestOptions?> ReadsOneAsync(string id, CancellationToken cancellation)
    {
        var path = OnePath(id);
        var (status, body) = await _client.SendAsync("GET", path, null, cancellation).ConfigureAwait(false);
        return status == 200 && JsonPlaces.Of(_value, ServiceClient.Parse(body)).Any()
            ? new RequestOptions { Method = "GET", Path = OnePath("{id}") }
            : null;
    }

    private async Task<RequestOptions?> RemovesOneAsync(string id, string items, CancellationToken cancellation)
    {
        var (status, _) = await _client.SendAsync("DELETE", OnePath(id), null, cancellation).ConfigureAwait(false);
        if (status is < 200 or > 299)
        {
            return null;
        }

        var list = await _client.ReadAsync(_question.List.Method, _question.List.Path, cancellation).ConfigureAwait(false);
        var gone = (JsonPlaces.At(items, list) as JsonArray)?.All(element => !JsonPlaces.Of(_value, element).Any()) == true;
        return gone ? new RequestOptions { Method = "DELETE", Path = OnePath("{id}") } : null;
    }

    private async Task<string?> ReadyPathAsync(CancellationToken cancellation)
    {
        foreach (var path in ReadyPaths)
        {
            if ((await _client.SendAsync("GET", path, null, cancellation).ConfigureAwait(false)).Status is >= 200 and <= 299)
            {
                return path;
            }
        }

        return _question.List.Method == "GET" ? _question.List.Path : null;
    }

    private string OnePath(string id) => $"{_question.Add.Path.Split('?')[0].TrimEnd('/')}/{id}";
}
