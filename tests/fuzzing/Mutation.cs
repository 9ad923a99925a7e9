namespace EvenKeel.Fuzzing;

/// <summary>Damage to bytes, the same for the same random source: bits flipped, bytes replaced, ranges removed, doubled or spliced from another.</summary>
internal sealed class Mutation(Random random, byte[] spice)
{
    /// <summary>Room for any result: the longest input that targets take, and four faults.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>The bytes with one to four faults. About one in eight comes back as it was, so that the valid way is walked too.</summary>
    public byte[] Damage(byte[] bytes, byte[] other)
    {
        var result = new List<byte>(bytes);
        for (int faults = random.Next(8) == 0 ? 0 : random.Next(1, 5); faults > 0 && result.Count > 0; faults--)
        {
            int at = random.Next(result.Count);
            int length = random.Next(1, Math.Min(16, result.Count - at) + 1);
            switch (random.Next(7))
            {
                case 0:
                    result[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    result[at] = spice[random.Next(spice.Length)];
                    break;
                case 2:
                    result.Insert(at, spice[random.Next(spice.Length)]);
                    break;
                case 3:
                    result.RemoveRange(at, length);
                    break;
                case 4:
                    result.InsertRange(at, result.GetRange(at, length));
                    break;
                case 5 when other.Length > 0:
                    int from = random.Next(other.Length);
                    result.InsertRange(at, other.AsSpan(from, random.Next(1, Math.Min(64, other.Length - from) + 1)).ToArray());
                    break;
                default:
                    result[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. result];
    }
}
