using Metering.Hosting;
using Metering.Ingest;
using Npgsql;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Metering.Tests.Ingest;

/// <summary>What each of METERING_PROFILES changes.</summary>
public class IngestResilienceTests
{
    private static readonly NpgsqlException Broken = new("the connection broke");

    [Theory]
    [InlineData("", 3, true)]
    [InlineData("k6", 1, false)]
    [InlineData("k6-spike", 1, false)]
    [InlineData("k6,k6-spike", 1, false)]
    public async Task Production_tries_three_times_within_a_time_and_the_load_profiles_once_without_one(string names, int attempts, bool isLimited)
    {
        ResiliencePipeline pipeline = Build(names);
        int asked = 0;
        await Assert.ThrowsAsync<NpgsqlException>(async () => await pipeline.ExecuteAsync(
            token =>
            {
                asked++;
                Assert.Equal(isLimited, token.CanBeCanceled);
                throw Broken;
            },
            CancellationToken.None));
        Assert.Equal(attempts, asked);
    }

    [Fact]
    public async Task Production_gives_an_attempt_up_after_5_s_and_tries_again()
    {
        var time = new FastClock();
        ResiliencePipeline pipeline = IngestResilience.Build(Profiles.None, time);
        var taken = new List<TimeSpan>();
        await Assert.ThrowsAsync<TimeoutRejectedException>(async () => await pipeline.ExecuteAsync(
            async token =>
            {
                long start = time.GetTimestamp();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                }
                finally
                {
                    taken.Add(time.GetElapsedTime(start));
                }
            },
            CancellationToken.None));
        Assert.Equal(3, taken.Count);
        Assert.All(taken, one => Assert.True(one > TimeSpan.FromSeconds(4.5), $"it was given up after {one}"));
    }

    [Theory]
    [InlineData("", 7, 1, false)]
    [InlineData("", 6, 2, true)]
    [InlineData("k6-spike", 2, 8, false)]
    [InlineData("k6-spike", 1, 9, true)]
    [InlineData("k6,k6-spike", 2, 18, true)]
    [InlineData("k6", 0, 100, false)]
    public async Task The_breaker_opens_at_a_half_in_production_at_nine_in_ten_for_spikes_and_never_for_k6(
        string names, int successes, int failures, bool isOpen)
    {
        ResiliencePipeline pipeline = Build(names);
        for (int i = 0; i < successes; i++)
        {
            await pipeline.ExecuteAsync(_ => ValueTask.CompletedTask, CancellationToken.None);
        }

        for (int i = 0; i < failures; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(async () => await pipeline.ExecuteAsync(_ => throw Broken, CancellationToken.None));
        }

        Exception? error = await Record.ExceptionAsync(async () => await pipeline.ExecuteAsync(_ => ValueTask.CompletedTask, CancellationToken.None));
        Assert.Equal(isOpen, error is BrokenCircuitException);
    }

    [Theory]
    [InlineData("")]
    [InlineData("k6-spike")]
    public async Task What_the_server_says_about_the_data_is_not_tried_again_and_opens_nothing(string names)
    {
        ResiliencePipeline pipeline = Build(names);
        int asked = 0;
        for (int i = 0; i < 20; i++)
        {
            await Assert.ThrowsAsync<PostgresException>(async () => await pipeline.ExecuteAsync(
                _ =>
                {
                    asked++;
                    throw new PostgresException("a value is out of range", "ERROR", "ERROR", "22003");
                },
                CancellationToken.None));
        }

        Assert.Equal(20, asked);
    }

    private static ResiliencePipeline Build(string names) =>
        IngestResilience.Build(SettingReader.Profiles("METERING_PROFILES", names), TimeProvider.System);
}
