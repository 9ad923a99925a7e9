using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Load;

/// <summary>Decides which request is sent under which number, and with which values: in turn, or drawn by shares.</summary>
internal sealed class RequestMix
{
    private readonly RequestTemplate[] _templates;
    private readonly Expectation[] _expectations;
    private readonly IReadOnlyList<RequestOptions> _requests;
    private readonly double[]? _upTo;
    private readonly Dictionary<string, (int Index, RepeatPool Pool)> _repeated;

    public RequestMix(IReadOnlyList<RequestOptions> requests)
    {
        _requests = requests;
        _templates = [.. requests.Select(request => new RequestTemplate(request))];
        _expectations = [.. requests.Select(request => new Expectation(request.Expect))];
        _repeated = requests.Select(request => request.Repeats).OfType<string>().Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => (IndexOf(name), new RepeatPool()), StringComparer.Ordinal);
        if (requests.Any(request => request.Share is not null))
        {
            var sum = 0.0;
            _upTo = [.. requests.Select(request => sum += request.Share ?? 1)];
        }
    }

    /// <summary>The request of a number. A repetition of what never succeeded yet is sent as the request that it repeats.</summary>
    public PlannedRequest Next(TemplateValues values)
    {
        var index = _upTo is null ? (int)((values.Number - 1) % _templates.Length) : Draw(_upTo, values);
        if (_requests[index].Repeats is { } name)
        {
            var (original, pool) = _repeated[name];
            if (pool.Draw(values) is { } earlier)
            {
                return new PlannedRequest(_requests[index], _templates[index].Fill(earlier), _expectations[index], earlier);
            }

            index = original;
        }

        return new PlannedRequest(_requests[index], _templates[index].Fill(values), _expectations[index], values);
    }

    /// <summary>A request succeeded, and may be repeated from now on.</summary>
    public void Succeeded(PlannedRequest request)
    {
        if (request.Options is { Name: { } name, Repeats: null } && _repeated.TryGetValue(name, out var repeated))
        {
            repeated.Pool.Add(request.Values);
        }
    }

    private static int Draw(double[] upTo, TemplateValues values)
    {
        var drawn = values.Draw("share", 1UL << 53) / (double)(1UL << 53) * upTo[^1];
        var index = Array.FindIndex(upTo, limit => drawn < limit);
        return index < 0 ? upTo.Length - 1 : index;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _requests.Count; i++)
        {
            if (_requests[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"A request repeats '{name}', and none has that name.");
    }
}
