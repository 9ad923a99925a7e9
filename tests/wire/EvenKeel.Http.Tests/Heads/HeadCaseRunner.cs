using EvenKeel.Http.Faults;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Tests.Heads;

/// <summary>Presents a head in every way that it can arrive: whole, byte by byte, and in two parts cut at each position.</summary>
internal static class HeadCaseRunner
{
    public static readonly HeadLimits Limits = new(1024, 20);

    public static void MustRefuse(HeadCase one, Func<MessageHead> create)
    {
        Assert.Equal(one.Status, HttpFaults.StatusOf(one.Fault));
        foreach (var (outcome, head) in Ways(one.RefusedBytes, create))
        {
            Assert.Equal(HeadStatus.Invalid, outcome);
            Assert.Equal(one.Fault, head.Fault);
        }
    }

    public static void MustAccept(byte[] bytes, Func<MessageHead> create)
    {
        foreach (var (outcome, head) in Ways(bytes, create))
        {
            Assert.True(outcome == HeadStatus.Complete, $"{outcome}: {head.Fault}");
            Assert.Equal(bytes.Length, head.Length);
        }
    }

    private static IEnumerable<(HeadStatus Outcome, MessageHead Head)> Ways(byte[] bytes, Func<MessageHead> create)
    {
        var whole = create();
        yield return (whole.Parse(bytes, Limits), whole);

        var slow = create();
        var status = HeadStatus.Incomplete;
        for (var length = 1; length <= bytes.Length && status == HeadStatus.Incomplete; length++)
        {
            status = slow.Parse(bytes.AsSpan(0, length), Limits);
        }

        yield return (status, slow);

        var reused = create();
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            reused.Reset();
            var first = reused.Parse(bytes.AsSpan(0, cut), Limits);
            yield return (first == HeadStatus.Incomplete ? reused.Parse(bytes, Limits) : first, reused);
        }
    }
}
