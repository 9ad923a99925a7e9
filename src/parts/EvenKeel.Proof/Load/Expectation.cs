using System.Globalization;
using System.Text.Json;
using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Load;

/// <summary>What a reply must be.</summary>
/// <param name="options">What the file says, or null for any status from 200 to 399.</param>
internal sealed class Expectation(ExpectOptions? options)
{
    private const string Any = "*";

    private readonly (JsonPointer Pointer, Template Value)[] _values =
        [.. (options?.Json ?? new Dictionary<string, string>()).Select(value => (JsonPointer.Parse(value.Key), new Template(value.Value)))];

    /// <summary>Judges a reply.</summary>
    /// <param name="exchange">What came of the request.</param>
    /// <param name="values">What the request was filled with.</param>
    /// <returns>Empty when it is as expected, else a short stable word such as <c>timeout</c>, <c>http503</c> or <c>/status</c>.</returns>
    public string Judge(Exchange exchange, TemplateValues values)
    {
        if (options is null || exchange.Failure != ExchangeFailure.None)
        {
            return exchange.Reason;
        }

        if (options.Status.Count > 0 ? !options.Status.Contains(exchange.Status) : !exchange.Succeeded)
        {
            return exchange.GatewayError is { } error
                ? string.Create(CultureInfo.InvariantCulture, $"{exchange.Status}:{error}")
                : string.Create(CultureInfo.InvariantCulture, $"http{exchange.Status}");
        }

        return _values.Length == 0 ? "" : JudgeBody(exchange.Body, values);
    }

    private string JudgeBody(ReadOnlyMemory<byte> body, TemplateValues values)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            foreach (var (pointer, template) in _values)
            {
                var wanted = template.Fill(values, value => value);
                if (!pointer.TryFind(document.RootElement, out var found, out _) || (wanted != Any && TextOf(found) != wanted))
                {
                    return $"expected {pointer.Text}";
                }
            }

            return "";
        }
        catch (JsonException)
        {
            return "expected JSON";
        }
    }

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
}
