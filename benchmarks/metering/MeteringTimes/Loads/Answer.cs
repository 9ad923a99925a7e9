using System.Buffers.Text;
using System.Text;

namespace MeteringTimes.Loads;

/// <summary>Says what is wrong with an answer, or that nothing is.</summary>
internal static class Answer
{
    /// <summary>Judges an answer.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="body">The beginning of its body.</param>
    /// <param name="isRepeat">Of each event that was sent, whether it had been acknowledged before.</param>
    /// <returns>Null when it says of each event what is true.</returns>
    public static string? Fault(int status, ReadOnlySpan<byte> body, ReadOnlySpan<bool> isRepeat)
    {
        var repeats = isRepeat.Count(true);

        // Of an event that is in a batch twice one is a duplicate of the other; both were acknowledged before, so that the sum is the same.
        var isRight = isRepeat.Length == 1
            ? status == (repeats == 1 ? 200 : 201)
            : status == 200 && Number(body, "{\"processed\":"u8) == isRepeat.Length - repeats && Number(body, ",\"duplicates\":"u8) == repeats;
        return isRight ? null : $"answered with {status} {Encoding.UTF8.GetString(body)}";
    }

    private static long? Number(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        var at = body.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(body[(at + name.Length)..], out long number, out _) ? number : null;
    }
}
