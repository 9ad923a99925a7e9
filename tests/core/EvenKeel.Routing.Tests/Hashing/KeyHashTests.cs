using System.Text;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Routing.Tests.Hashing;

public sealed class KeyHashTests
{
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999UL)]
    [InlineData("a", 0xD24EC4F1A98C6E5BUL)]
    [InlineData("abc", 0x44BC2CF5AD770999UL)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1UL)]
    public void The_hash_is_that_of_the_specification(string text, ulong expected) => Assert.Equal(expected, KeyHash.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void One_changed_bit_changes_half_of_the_hash()
    {
        byte[] bytes = new byte[45];
        ulong before = KeyHash.Of(bytes);
        double changed = Enumerable.Range(0, 45 * 8).Average(bit =>
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            int bits = System.Numerics.BitOperations.PopCount(before ^ KeyHash.Of(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            return bits;
        });
        Assert.InRange(changed, 31, 33);
    }
}
