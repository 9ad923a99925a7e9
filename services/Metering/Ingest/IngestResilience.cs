using System.Data.Common;
using Metering.Hosting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Metering.Ingest;

/// <summary>
/// How storing meets failures. Production: up to three attempts, each of at most 5 s, and a breaker that opens for 5 s when half of at least
/// ten attempts within 10 s fail. <c>k6</c> has none of it; <c>k6-spike</c> has the breaker alone, at nine in ten.
/// </summary>
internal static class IngestResilience
{
    public static readonly TimeSpan BreakTime = TimeSpan.FromSeconds(5);
    private const int Attempts = 3;
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(5);

    public static ResiliencePipeline Build(Profiles profiles, TimeProvider time)
    {
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time };
        bool isPlain = profiles == Profiles.None;
        if (isPlain)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(100),
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(IsPassing),
            });
        }

        if (isPlain || profiles.HasFlag(Profiles.K6Spike))
        {
            pipeline.AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = isPlain ? 0.5 : 0.9,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = BreakTime,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(IsPassing),
            });
        }

        if (isPlain)
        {
            pipeline.AddTimeout(new TimeoutStrategyOptions { Timeout = AttemptLimit });
        }

        return pipeline.Build();
    }

    /// <summary>True for a failure that another attempt may not have: not what the server says about the data.</summary>
    public static bool IsPassing(Exception error) => error switch
    {
        Npgsql.PostgresException refused => !IsAboutData(refused),
        DbException or TimeoutException or IOException or TimeoutRejectedException => true,
        _ => false,
    };

    /// <summary>True when the server refused values (class 22) or a constraint did (23).</summary>
    public static bool IsAboutData(Npgsql.PostgresException error) =>
        error.SqlState.StartsWith("22", StringComparison.Ordinal) || error.SqlState.StartsWith("23", StringComparison.Ordinal);
}
