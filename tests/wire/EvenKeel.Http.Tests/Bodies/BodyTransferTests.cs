using System.Text;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Tests.Bodies;

public sealed class BodyTransferTests
{
    [Fact]
    public void A_counted_body_ends_at_its_length_and_leaves_the_rest()
    {
        foreach (var split in BodyRunner.Splits(8))
        {
            var transfer = BodyRunner.Run("helloGET"u8.ToArray(), BodyFraming.OfLength(5), false, 5, split, out var output, out var consumed);
            Assert.Equal("hello", output);
            Assert.Equal(5, consumed);
            Assert.True(transfer.IsComplete);
            Assert.True(transfer.End());
        }
    }

    [Fact]
    public void A_counted_body_that_is_cut_off_is_not_complete()
    {
        var transfer = BodyRunner.Run("hell"u8.ToArray(), BodyFraming.OfLength(5), false, 5, _ => 9, out _, out _);
        Assert.False(transfer.IsComplete);
        Assert.False(transfer.End());
    }

    [Fact]
    public void A_body_until_the_end_is_complete_when_the_sender_ends()
    {
        var transfer = BodyRunner.Run("hello"u8.ToArray(), BodyFraming.UntilClose, false, 5, _ => 2, out var output, out _);
        Assert.Equal("hello", output);
        Assert.False(transfer.IsComplete);
        Assert.True(transfer.End());
    }

    [Fact]
    public void A_body_that_is_not_there_takes_nothing()
    {
        var transfer = new BodyTransfer();
        transfer.Begin(BodyFraming.None, false, 0);
        Assert.True(transfer.IsComplete);
        Assert.Equal(0, transfer.Process(Encoding.Latin1.GetBytes(new string(' ', 40)), BodyTransfer.Room).Consumed);
    }

    [Fact]
    public void A_body_beyond_the_limit_is_refused_before_or_while_it_arrives()
    {
        var announced = new BodyTransfer();
        announced.Begin(BodyFraming.OfLength(11), false, 10);
        Assert.Equal(HttpFault.BodyTooLarge, announced.Fault);

        var endless = BodyRunner.Run(new byte[11], BodyFraming.UntilClose, false, 10, _ => 6, out var output, out _);
        Assert.Equal(HttpFault.BodyTooLarge, endless.Fault);
        Assert.Equal(6, output.Length);
    }
}
