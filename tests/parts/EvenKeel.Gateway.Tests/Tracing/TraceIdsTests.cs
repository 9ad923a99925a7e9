using EvenKeel.Gateway.Tracing;

namespace EvenKeel.Gateway.Tests.Tracing;

public sealed class TraceIdsTests
{
    [Fact]
    public void A_hundred_thousand_ids_differ_from_one_another_and_from_those_of_another_seed()
    {
        var first = new TraceIds(1, 2);
        var second = new TraceIds(3, 4);
        var traces = Enumerable.Range(0, 50_000).SelectMany(_ => new[] { first.NewTrace(), second.NewTrace() }).ToList();
        Assert.Equal(100_000, traces.Select(trace => trace.TraceId).Distinct().Count());
        Assert.Equal(100_000, traces.Select(trace => trace.ParentId).Distinct().Count());
        Assert.All(traces, trace => Assert.Equal((true, true, 3), (trace.TraceId != 0, trace.ParentId != 0, trace.Flags)));
    }

    [Fact]
    public void The_sequence_is_SplitMix64()
    {
        var trace = new TraceIds(0, 0).NewTrace();
        Assert.Equal((new UInt128(0xe220a8397b1dcdaf, 0xe220a8397b1dcdaf), 0x6e789e6aa1b965f4ul), (trace.TraceId, trace.ParentId));
    }
}
