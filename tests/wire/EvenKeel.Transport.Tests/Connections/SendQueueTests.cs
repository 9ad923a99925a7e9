using EvenKeel.Transport.Connections;

namespace EvenKeel.Transport.Tests.Connections;

public sealed class SendQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bytes_come_out_in_the_order_they_went_in(int seed)
    {
        var random = new Random(seed);
        var queue = new SendQueue();
        byte next = 0;
        byte expected = 0;
        for (int step = 0; step < 5000; step++)
        {
            if (random.Next(2) == 0)
            {
                var bytes = new byte[random.Next(9000)];
                for (int i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = next++;
                }

                queue.Append(bytes);
            }

            for (int pieces = random.Next(3); pieces > 0 && !queue.IsEmpty; pieces--)
            {
                Memory<byte> first = queue.First;
                int taken = random.Next(first.Length) + 1;
                foreach (byte value in first.Span[..taken])
                {
                    Assert.Equal(expected++, value);
                }

                int before = queue.Length;
                queue.Advance(taken);
                Assert.Equal(before - taken, queue.Length);
            }
        }
    }

    [Fact]
    public void The_first_piece_stays_as_it_is_while_more_is_appended()
    {
        var queue = new SendQueue();
        queue.Append("abc"u8);
        Memory<byte> first = queue.First;
        for (int i = 0; i < 100; i++)
        {
            queue.Append(new byte[1000]);
        }

        Assert.Equal("abc"u8.ToArray(), first.ToArray());
        Assert.Equal("abc"u8.ToArray(), queue.First[..3].ToArray());
        queue.Advance(3);
        Assert.Equal(100_000, queue.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cleared_queue_is_empty_and_can_be_used_again(bool abandonFirst)
    {
        var queue = new SendQueue();
        for (int i = 0; i < 20; i++)
        {
            queue.Append(new byte[5000]);
        }

        queue.Clear(abandonFirst);
        Assert.True(queue.IsEmpty);
        queue.Append("again"u8);
        Assert.Equal("again"u8.ToArray(), queue.First.ToArray());
    }
}
