using System.Text;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Tests.Bodies;

/// <summary>Sends the bytes of a body through a <see cref="BodyTransfer"/> in parts of any size and collects what comes out.</summary>
internal static class BodyRunner
{
    public static BodyTransfer Run(byte[] input, BodyFraming framing, bool decode, long limit, Func<int, int> partAt, out string output, out int consumed)
    {
        var transfer = new BodyTransfer();
        transfer.Begin(framing, decode, limit);
        using var sink = new MemoryStream();
        consumed = 0;
        while (consumed < input.Length && !transfer.IsComplete && transfer.Fault == HttpFault.None)
        {
            var part = Math.Clamp(partAt(consumed), 1, input.Length - consumed);
            var buffer = new byte[BodyTransfer.Room + part];
            input.AsSpan(consumed, part).CopyTo(buffer.AsSpan(BodyTransfer.Room));
            var piece = transfer.Process(buffer, BodyTransfer.Room);
            sink.Write(buffer, piece.OutputStart, piece.OutputLength);
            consumed += piece.Consumed;
        }

        sink.Write(transfer.Tail);
        output = Encoding.Latin1.GetString(sink.ToArray());
        return transfer;
    }

    /// <summary>Whole, byte by byte, in threes, and cut in two at each position.</summary>
    public static IEnumerable<Func<int, int>> Splits(int length)
    {
        yield return _ => length;
        yield return _ => 1;
        yield return _ => 3;
        for (var cut = 1; cut < length; cut++)
        {
            var at = cut;
            yield return position => position == 0 ? at : length;
        }
    }
}
