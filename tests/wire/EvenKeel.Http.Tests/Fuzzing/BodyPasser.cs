using System.Runtime.Versioning;
using System.Text;
using EvenKeel.Fuzzing;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Tests.Fuzzing;

/// <summary>Passes a body on in parts that each end at the guard, as it would be sent or as its receiver would see it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class BodyPasser(GuardedBuffer memory)
{
    private const long Limit = 1 << 20;
    private readonly BodyTransfer _transfer = new();
    private readonly byte[] _room = new byte[BodyTransfer.Room + FuzzTarget.MaxInput];

    /// <summary>Passes a body on.</summary>
    /// <param name="parts">How it arrives.</param>
    /// <param name="bytes">The body and perhaps more.</param>
    /// <param name="framing">How its end is found.</param>
    /// <param name="decode">True for the content without chunk lines.</param>
    public PassedBody Pass(IEnumerable<Range> parts, byte[] bytes, BodyFraming framing, bool decode)
    {
        _transfer.Begin(framing, decode, Limit);
        var output = new StringBuilder();
        var consumed = 0;
        foreach (var part in parts)
        {
            if (_transfer.IsComplete || _transfer.Fault != HttpFault.None)
            {
                break;
            }

            var input = bytes.AsSpan(part);
            input.CopyTo(_room.AsSpan(BodyTransfer.Room));
            var buffer = memory.Place(_room.AsSpan(0, BodyTransfer.Room + input.Length));
            var piece = _transfer.Process(buffer, BodyTransfer.Room);
            output.Append(Encoding.Latin1.GetString(buffer.Slice(piece.OutputStart, piece.OutputLength)));
            consumed += piece.Consumed;
            Assert.True(piece.Consumed == input.Length || _transfer.IsComplete || _transfer.Fault != HttpFault.None, "a part was left");
        }

        output.Append(Encoding.Latin1.GetString(_transfer.Tail));
        var isComplete = framing.Kind == BodyKind.UntilClose ? _transfer.Fault == HttpFault.None && _transfer.End() : _transfer.IsComplete;
        return new PassedBody(output.ToString(), isComplete, _transfer.Fault, consumed);
    }
}
