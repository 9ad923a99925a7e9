using System.Globalization;
using EvenKeel.Gateway.Statistics;

namespace Subject;

/// <summary>
/// What the metrics of one exchange cost: it is counted at its route and at its endpoint. They cannot be switched off, so that this stands in the
/// place of a comparison. Best of several rounds: whatever disturbs makes a round longer, never shorter.
/// </summary>
internal static class MeterCost
{
    private const int Rounds = 20;
    private const int Exchanges = 1_000_000;

    public static string Measure()
    {
        var time = TimeProvider.System;
        var meters = new GatewayMeters(1, time.TimestampFrequency);
        var route = meters.Routes.Of("service", "/")[0];
        var endpoint = meters.Endpoints.Of("service", "service-1")[0];
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = time.GetTimestamp();
            for (var i = 0; i < Exchanges; i++)
            {
                // From a quarter of a millisecond to eight: the bounds that a busy gateway meets.
                var ticks = (time.TimestampFrequency / 4000) << (i & 5);
                route.Add(200, ticks, 0, 1024);
                endpoint.Add(200, ticks, 0, 1024);
            }

            var took = time.GetElapsedTime(start);
            best = took < best ? took : best;
        }

        return (best.TotalNanoseconds / Exchanges).ToString("0.0", CultureInfo.InvariantCulture);
    }
}
