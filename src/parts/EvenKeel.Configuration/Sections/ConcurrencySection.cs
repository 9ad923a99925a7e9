using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>How many requests of a service may be in flight, and how many more may wait.</summary>
internal static class ConcurrencySection
{
    private static readonly ConcurrencyOptions Defaults = new();

    private static readonly WholeNumberSchema<int> Limit = new(0, 1_000_000);

    private static readonly Key<int> Service = Key.Optional("service", Limit, Defaults.Service,
        "Requests in flight to the whole service; 0 for any number.", "max");

    private static readonly Key<int> Instance = Key.Optional("instance", Limit, Defaults.Instance,
        "Requests in flight to each instance; 0 for any number.", "maxconn", "endpoint");

    private static readonly Key<int> Queue = Key.Optional("queue", new WholeNumberSchema<int>(0, 100_000), Defaults.Queue,
        "Requests that may wait for their turn, first come first served. Beyond: 503.", "maxqueue", "pending");

    private static readonly Key<TimeSpan> Wait = Key.Optional("wait", Scalars.Positive, Defaults.Wait,
        "How long a request may wait for its turn. Beyond: 503.", "timeout");

    public static readonly ObjectSchema<ConcurrencyOptions> Schema = new(
        "concurrency", "How many requests of a service may be in flight, and how many more may wait.", [Service, Instance, Queue, Wait],
        values => new ConcurrencyOptions
        {
            Service = values.Get(Service),
            Instance = values.Get(Instance),
            Queue = values.Get(Queue),
            Wait = values.Get(Wait),
        });
}
