using System.Text;
using System.Text.Json;
using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Exchanges;

namespace EvenKeel.Proof.Workload;

/// <summary>
/// A request of the file, ready to be filled in: ids are percent-encoded in the path, JSON-escaped in a body and kept out of header line
/// breaks.
/// </summary>
internal sealed class RequestTemplate
{
    private readonly string _method;
    private readonly Template _path;
    private readonly Template? _body;
    private readonly bool _jsonBody;
    private readonly KeyValuePair<string, Template>[] _headers;

    public RequestTemplate(RequestOptions options)
    {
        _method = options.Method;
        _path = new Template(options.Path);
        _body = options.Body is null ? null : new Template(options.Body);
        _headers = [.. options.Headers.Select(field => KeyValuePair.Create(field.Key, new Template(field.Value)))];
        var type = options.Headers.FirstOrDefault(field => field.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
        _jsonBody = type is null || type.Contains("json", StringComparison.OrdinalIgnoreCase);
        Shown = $"{options.Method} {options.Path}";
    }

    /// <summary>Method and path as in the file, for messages.</summary>
    public string Shown { get; }

    public PreparedRequest Fill(TemplateValues values)
    {
        var headers = new Dictionary<string, string>(_headers.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, template) in _headers)
        {
            headers[name] = template.Fill(values, OneLine);
        }

        var body = _body?.Fill(values, _jsonBody ? EscapeJson : Keep);
        return new PreparedRequest(_method, _path.Fill(values, Uri.EscapeDataString), headers, body is null ? null : Encoding.UTF8.GetBytes(body));
    }

    private static string EscapeJson(string value) => JsonEncodedText.Encode(value).Value;

    private static string Keep(string value) => value;

    private static string OneLine(string value) => value.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
