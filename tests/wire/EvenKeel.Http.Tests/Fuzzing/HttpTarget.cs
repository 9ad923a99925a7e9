using System.Runtime.Versioning;
using System.Text;
using EvenKeel.Fuzzing;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Tests.Fuzzing;

/// <summary>A head and a body behind it: neither depends on how they are cut, and what is sent on is one message to any reader.</summary>
[SupportedOSPlatform("linux")]
internal abstract class HttpTarget : FuzzTarget
{
    protected static readonly HeadLimits Limits = new(8 * 1024, 60);

    private readonly byte[] _output = new byte[2 * MaxInput];
    private readonly BodyPasser _bodies;

    protected HttpTarget(string name)
        : base(name) => _bodies = new BodyPasser(Memory);

    public override byte[] Spice { get; } = "\r\n\t :,;\0\u007f/\\?#*%0123456789abcXYZ\"<>[]@=-_"u8.ToArray();

    /// <summary>Parses a head whole and from a beginning on: both have to say the same.</summary>
    protected HeadStatus ParseTwice(byte[] input, MessageHead head, MessageHead again, Random random)
    {
        again.Reset();
        var begun = again.Parse(Memory.Place(input.AsSpan(0, random.Next(input.Length + 1))), Limits);
        begun = begun == HeadStatus.Incomplete ? again.Parse(Memory.Place(input), Limits) : begun;
        head.Reset();
        var status = head.Parse(Memory.Place(input), Limits);
        Assert.Equal((status, head.Fault, head.Length), (begun, again.Fault, again.Length));
        return status;
    }

    /// <summary>Passes the body on, whole and in parts; both have to agree, also with the receiver of what is sent.</summary>
    protected (PassedBody Sent, string Content) PassBody(byte[] body, BodyFraming framing, Random random)
    {
        var sent = _bodies.Pass(Parts(body.Length, random), body, framing, decode: false);
        var whole = _bodies.Pass([Range.All], body, framing, decode: true);
        Assert.Equal((whole.IsComplete, whole.Fault), (sent.IsComplete, sent.Fault));
        if (!whole.IsComplete)
        {
            return (sent, "");
        }

        Assert.Equal(whole.Consumed, sent.Consumed);
        var received = _bodies.Pass(Parts(sent.Output.Length, random), Encoding.Latin1.GetBytes(sent.Output), framing, decode: true);
        Assert.Equal((true, whole.Output, sent.Output.Length), (received.IsComplete, received.Output, received.Consumed));
        return (sent, whole.Output);
    }

    /// <summary>The head as it is sent on.</summary>
    protected byte[] Written(Func<byte[], int> write)
    {
        var length = write(_output);
        Assert.True(length > 0, "the head did not fit");
        return _output.AsSpan(0, length).ToArray();
    }
}
