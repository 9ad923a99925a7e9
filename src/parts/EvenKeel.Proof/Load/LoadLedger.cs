using System.Buffers;
using System.Text.Json;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Recording;

namespace EvenKeel.Proof.Load;

/// <summary>
/// A file with a line for each operation of a load that may have had an effect, for programs that check afterwards what became of it: those
/// that were answered, and those whose outcome is unknown. A connection that was refused sent nothing and is left out. About 600 bytes a
/// line; a load that is faster than the disk waits for it.
/// </summary>
public sealed class LoadLedger : IAsyncDisposable
{
    private readonly LineFile _file;
    private readonly TimeProvider _time;

    /// <summary>Begins the file anew.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public LoadLedger(string path, TimeProvider time)
    {
        _time = time;
        _file = new LineFile(path);
    }

    /// <summary>Why lines are missing, or null. Final once disposed.</summary>
    public string? Failure => _file.Failure;

    /// <summary>Writes what waits, and closes the file.</summary>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    /// <summary>Adds an operation.</summary>
    /// <param name="number">Its number in the load.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="exchange">What came of it.</param>
    /// <param name="unexpected">What was not as expected; empty when nothing was.</param>
    internal ValueTask AddAsync(long number, PlannedRequest request, Exchange exchange, string unexpected)
    {
        if (exchange.Failure == ExchangeFailure.Refused)
        {
            return ValueTask.CompletedTask;
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, number, request, exchange, unexpected);
        }

        return _file.AddAsync(buffer.WrittenSpan.ToArray(), CancellationToken.None);
    }

    private void Write(Utf8JsonWriter json, long number, PlannedRequest request, Exchange exchange, string unexpected)
    {
        var now = _time.GetUtcNow();
        var ended = now - _time.GetElapsedTime(exchange.EndedAt);
        json.WriteStartObject();
        json.WriteNumber("n", number);
        json.WriteString("request", request.Options.Name ?? $"{request.Prepared.Method} {request.Options.Path}");
        json.WriteString("outcome", OutcomeOf(exchange));
        json.WriteNumber("status", exchange.Status);
        json.WriteString("unexpected", unexpected);
        json.WriteString("instance", exchange.Instance);
        json.WriteString("sent", ended - _time.GetElapsedTime(exchange.SentAt, exchange.EndedAt));
        json.WriteString("ended", ended);
        WriteBody(json, "body", request.Prepared.Body);
        WriteBody(json, "reply", exchange.Body);
        json.WriteEndObject();
    }

    // 408, 429 and 5xx may have had an effect before they were answered; other replies say what they did.
    private static string OutcomeOf(Exchange exchange) => exchange switch
    {
        { Failure: not ExchangeFailure.None } => "unknown",
        { Status: >= 200 and < 400 } => "ok",
        { Status: 408 or >= 500 } => "unknown",
        _ => "rejected",
    };

    private static void WriteBody(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0)
        {
            json.WriteNull(name);
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            json.WritePropertyName(name);
            document.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteString(name, System.Text.Encoding.UTF8.GetString(body.Span));
        }
    }
}
