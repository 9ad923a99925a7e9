using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json;
using Metering.Api;
using Metering.Events;

namespace Metering.Batches;

/// <summary>Reads the events of a batch as they arrive: a JSON array, or one event on each line.</summary>
internal static class BatchReader
{
    /// <summary>The most events of a batch.</summary>
    public const int MaxEvents = 5000;

    /// <summary>The most bytes of a batch, as it is sent and once it is unpacked: 16 MiB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The longest line.</summary>
    public const int MaxLine = EventEndpoint.MaxBody;

    /// <summary>Unpacks a body.</summary>
    /// <param name="body">The body as it was sent.</param>
    /// <param name="isGzip">Whether it is packed.</param>
    public static Stream Unpack(Stream body, bool isGzip) =>
        new LimitedStream(isGzip ? new GZipStream(body, CompressionMode.Decompress, leaveOpen: true) : body, MaxBytes);

    /// <summary>Reads a JSON array.</summary>
    /// <exception cref="JsonException">It is none; an element that is no event is a draft with a fault instead.</exception>
    /// <exception cref="BatchLimitException">There are too many events.</exception>
    public static async Task<List<EventDraft>> ReadArrayAsync(Stream body, CancellationToken cancellationToken)
    {
        var drafts = new List<EventDraft>();
        await foreach (EventDraft? draft in JsonSerializer.DeserializeAsyncEnumerable(body, MeteringJson.Default.EventDraft, cancellationToken))
        {
            Add(drafts, draft!);
        }

        return drafts;
    }

    /// <summary>Reads one event from each line; empty lines are passed over, and a line that is no event is a draft with a fault.</summary>
    /// <exception cref="BatchLimitException">There are too many events, or a line is too long.</exception>
    public static async Task<List<EventDraft>> ReadLinesAsync(Stream body, CancellationToken cancellationToken)
    {
        var drafts = new List<EventDraft>();
        PipeReader reader = PipeReader.Create(body, new StreamPipeReaderOptions(leaveOpen: true));
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                AddLine(drafts, rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (read.IsCompleted)
            {
                AddLine(drafts, rest);
                await reader.CompleteAsync();
                return drafts;
            }

            RequireShort(rest);
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static void AddLine(List<EventDraft> drafts, ReadOnlySequence<byte> line)
    {
        RequireShort(line);
        if (!IsBlank(line))
        {
            Add(drafts, Parse(line));
        }
    }

    private static EventDraft Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            EventDraft draft = EventDraftReader.Read(ref reader);
            reader.Read();
            return draft;
        }
        catch (JsonException error)
        {
            var draft = new EventDraft();
            draft.Add("$", $"The line is not JSON: {error.Message}");
            return draft;
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (ReadOnlyMemory<byte> part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }

    private static void Add(List<EventDraft> drafts, EventDraft draft)
    {
        if (drafts.Count == MaxEvents)
        {
            throw new BatchLimitException($"A batch has at most {MaxEvents} events. Send several.");
        }

        drafts.Add(draft);
    }

    private static void RequireShort(ReadOnlySequence<byte> line)
    {
        if (line.Length > MaxLine)
        {
            throw new BatchLimitException($"A line has more than {MaxLine} bytes.");
        }
    }
}
