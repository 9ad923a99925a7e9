using EvenKeel.Hosting.Metrics;
using EvenKeel.Locks;
using EvenKeel.Locks.Redis;
using EvenKeel.State;
using EvenKeel.Windows.Closing;
using EvenKeel.Windows.Metrics;
using EvenKeel.Windows.Options;
using EvenKeel.Windows.Reading;
using EvenKeel.Windows.Revising;
using EvenKeel.Windows.Running;
using Metering.Access;
using Metering.Aggregation;
using Metering.Api;
using Metering.Bugs;
using Metering.Events;
using Metering.Ingest;
using Metering.Metrics;
using Metering.Schema;
using Npgsql;
using Polly;

namespace Metering.Hosting;

/// <summary>What the service is made of, wired by hand in the order in which it depends on each other.</summary>
internal static class MeteringServices
{
    private const string LockPrefix = "aggregation:lock:";
    private static readonly TimeSpan RedisPatience = TimeSpan.FromMilliseconds(500);

    public static void Add(IServiceCollection services, MeteringSettings settings, TimeProvider time)
    {
        var planted = new PlantedBug(settings.Bug);
        WindowOptions windows = UsageWindows.Options(settings, planted.Aggregate);
        windows.Validate();
        services.AddSingleton(time);
        services.AddSingleton(windows);

        // The collector listens before anything is measured.
        services.AddSingleton(_ => new MeterCollector(MeteringMetrics.MeterName, "EvenKeel.Windows", "EvenKeel.Locks"));
        services.AddSingleton(_ => NpgsqlDataSource.Create(settings.Database));
        services.AddSingleton(_ => new IngestQueue(settings.Queue));
        services.AddSingleton<MeteringMetrics>();
        services.AddSingleton(provider => new Preparation(
            Of<NpgsqlDataSource>(provider), settings.Demo, planted.Schema, time, Of<ILogger<Preparation>>(provider)));
        services.AddHostedService(Of<Preparation>);
        AddIngest(services, settings, windows, planted, time);
        AddAggregation(services, settings, windows, time);
        AddApi(services, settings);
    }

    private static void AddIngest(IServiceCollection services, MeteringSettings settings, WindowOptions windows, PlantedBug planted, TimeProvider time)
    {
        services.AddHostedService(provider =>
        {
            ResiliencePipeline resilience = IngestResilience.Build(settings.Profiles, time);
            var statement = new IngestStatement(windows, planted.Mark);
            return new IngestService(
                Of<IngestQueue>(provider),
                Of<Preparation>(provider),
                [.. Enumerable.Range(0, settings.Writers).Select(_ => new IngestWriter(
                    Of<IngestQueue>(provider), statement, Of<NpgsqlDataSource>(provider), resilience, Of<MeteringMetrics>(provider), time,
                    Of<ILogger<IngestWriter>>(provider)))]);
        });
    }

    private static void AddAggregation(IServiceCollection services, MeteringSettings settings, WindowOptions windows, TimeProvider time)
    {
        services.AddSingleton<WindowMetrics>();
        services.AddSingleton(provider => new WindowLagReader(Of<NpgsqlDataSource>(provider), windows));
        if (settings.Redis is { } redis)
        {
            services.AddSingleton(provider => new StateClient(
                redis with { OperationTimeout = RedisPatience, Name = "metering" }, time, Of<ILogger<StateClient>>(provider)));
            services.AddSingleton(provider => StateLocks.Create(
                Of<StateClient>(provider),
                new LockProviderOptions { Prefix = LockPrefix, CounterLifetime = settings.LockLease },
                time,
                Of<ILogger<ILockProvider>>(provider)));
            services.AddSingleton(provider => new RedisWindowGate(
                Of<ILockProvider>(provider),
                settings.LockWait,
                settings.LockLease,
                Of<MeteringMetrics>(provider),
                time,
                Of<ILogger<RedisWindowGate>>(provider)));
        }

        services.AddHostedService(provider =>
        {
            NpgsqlDataSource database = Of<NpgsqlDataSource>(provider);
            WindowMetrics metrics = Of<WindowMetrics>(provider);
            RedisWindowGate? gate = provider.GetService<RedisWindowGate>();
            Action<int, int> turned = Of<MeteringMetrics>(provider).Turned;
            var reviser = new WindowReviser(database, windows, time, metrics);
            Func<CancellationToken, Task> run = settings.Bug == BugKind.NoFence
                ? token => new UnfencedCloser(database, windows, gate).RunAsync(reviser, AggregationService.Interval, time, turned, token)
                : new WindowWorker(
                    new WindowCloser(database, windows, settings.Instance, time, gate, metrics),
                    reviser,
                    AggregationService.Interval,
                    time,
                    Of<ILogger<WindowWorker>>(provider),
                    turned).RunAsync;
            return new AggregationService(Of<Preparation>(provider), run, Of<WindowLagReader>(provider), Of<MeteringMetrics>(provider), time);
        });
    }

    private static void AddApi(IServiceCollection services, MeteringSettings settings)
    {
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<Customers>();
        services.AddSingleton<Admission>();
        services.AddSingleton<EventFactory>();
        services.AddSingleton<EventEndpoint>();
        services.AddSingleton<BatchEndpoint>();
        services.AddSingleton<WindowEndpoint>();
        services.AddSingleton(provider => new LagEndpoint(
            Of<Admission>(provider), Of<WindowLagReader>(provider), Of<IngestQueue>(provider), settings.Instance));
    }

    private static T Of<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
