using Metering.Audit.Ledgers;
using Metering.Events;

namespace MeteringTimes.Events;

/// <summary>An event as a sender knows it.</summary>
internal readonly record struct Sample(Guid Id, DateTime Time, int Customer, byte Endpoint, byte Model, int Input, int Output, int Latency)
{
    public static readonly string[] Endpoints = ["/v1/chat", "/v1/completions", "/v1/embeddings", "/v1/images"];
    public static readonly string[] Models = ["small", "medium", "large"];

    /// <summary>Draws an event of a moment, in whole milliseconds as scripts send them.</summary>
    public static Sample Draw(Population population, Random random, DateTime now)
    {
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        return new Sample(
            new Guid(id),
            now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)),
            population.Draw(random),
            (byte)random.Next(Endpoints.Length),
            (byte)random.Next(Models.Length),
            random.Next(10, 1000),
            random.Next(10, 1000),
            random.Next(20, 2000));
    }

    /// <summary>It as the ledger of an audit has it.</summary>
    public Usage ToUsage(Population population) => new(
        Population.Tenant, Id.ToString(), population.Customers[Customer], Time, Endpoints[Endpoint], Models[Model], Input, Output, Input + Output, Latency);

    /// <summary>It as the service has it after reading the request.</summary>
    public EventDraft ToDraft(Population population) => new()
    {
        EventId = Id.ToString(),
        Time = Time,
        CustomerId = population.Customers[Customer],
        Endpoint = Endpoints[Endpoint],
        Model = Models[Model],
        InputTokens = Input,
        OutputTokens = Output,
        LatencyMs = Latency,
    };
}
