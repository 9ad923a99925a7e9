using System.Globalization;
using System.Text.Unicode;

namespace MeteringTimes.Events;

/// <summary>Writes events as the API takes them, without a serializer: the generator has to cost little beside the service.</summary>
internal static class SampleJson
{
    /// <summary>No event is longer.</summary>
    public const int MostBytes = 400;

    /// <summary>Writes an event.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int Write(Sample sample, Population population, Span<byte> target)
    {
        if (!Utf8.TryWrite(
            target,
            CultureInfo.InvariantCulture,
            $$$"""
            {"eventId":"{{{sample.Id}}}","timestamp":"{{{sample.Time:yyyy-MM-ddTHH:mm:ss.fffZ}}}","customerId":"{{{population.Customers[sample.Customer]}}}","apiEndpoint":"{{{Sample.Endpoints[sample.Endpoint]}}}","metadata":{"inputTokens":{{{sample.Input}}},"outputTokens":{{{sample.Output}}},"model":"{{{Sample.Models[sample.Model]}}}","latencyMs":{{{sample.Latency}}}}}
            """,
            out var written))
        {
            throw new InvalidOperationException("an event is longer than it can be");
        }

        return written;
    }
}
