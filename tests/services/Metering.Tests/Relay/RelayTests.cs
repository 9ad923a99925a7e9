using System.Buffers.Binary;
using System.Text;
using Metering.Relay.Frames;
using Metering.Relay.Hosting;
using Metering.Relay.Relaying;

namespace Metering.Tests.Relay;

/// <summary>What the relay understands of PostgreSQL's protocol, and what it is told.</summary>
public sealed class RelayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_cut_out_of_a_stream_however_it_comes_in_pieces()
    {
        byte[] first = [0, 0, 0, 8, 4, 210, 22, 47];
        byte[] stream = [.. first, .. Message('Q', "SELECT 1\0"), .. Message('S', "")];
        for (int piece = 1; piece <= stream.Length; piece++)
        {
            var reader = new FrameReader(new Pieces(stream, piece));

            Assert.Equal(80877103, BinaryPrimitives.ReadInt32BigEndian((await reader.ReadFirstAsync(Token))!.Value.Body));
            Frame query = (await reader.ReadAsync(Token))!.Value;
            Assert.Equal(('Q', "SELECT 1\0"), (query.Type, Encoding.ASCII.GetString(query.Body)));
            Assert.Equal('S', (await reader.ReadAsync(Token))!.Value.Type);
            Assert.Null(await reader.ReadAsync(Token));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(FrameReader.Largest + 1)]
    public async Task A_length_that_is_none_is_refused(int length)
    {
        byte[] stream = [(byte)'Q', 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(stream.AsSpan(1), length);

        await Assert.ThrowsAsync<InvalidDataException>(() => new FrameReader(new MemoryStream(stream)).ReadAsync(Token));
    }

    [Fact]
    public async Task The_largest_message_is_taken()
    {
        byte[] stream = new byte[1 + FrameReader.Largest];
        BinaryPrimitives.WriteInt32BigEndian(stream.AsSpan(1), FrameReader.Largest);

        Assert.Equal(stream.Length, (await new FrameReader(new MemoryStream(stream)).ReadAsync(Token))!.Value.Bytes.Length);
    }

    [Theory]
    [InlineData(null, "12", null, null, "RELAY_TARGET is ''")]
    [InlineData("127.0.0.1", "12", null, null, "RELAY_TARGET is '127.0.0.1'")]
    [InlineData("127.0.0.1:5432", null, null, null, "PORT is ''")]
    [InlineData("127.0.0.1:5432", "12", "10001", null, "RELAY_DELAY is '10001': it has to be a number from 0 to 10000.")]
    [InlineData("127.0.0.1:5432", "12", null, "-1", "RELAY_CUT is '-1': it has to be a number from 0 to 1000000.")]
    public void A_setting_that_cannot_be_meant_so_is_named(string? target, string? port, string? delay, string? cut, string why)
    {
        var said = new Dictionary<string, string?> { ["RELAY_TARGET"] = target, ["PORT"] = port, ["RELAY_DELAY"] = delay, ["RELAY_CUT"] = cut };

        Assert.Contains(why, Assert.Throws<FormatException>(() => RelaySettings.Read(said.GetValueOrDefault)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_read_and_what_is_left_out_does_nothing()
    {
        var said = new Dictionary<string, string?> { ["RELAY_TARGET"] = "127.0.0.1:5432", ["PORT"] = "12", ["RELAY_DELAY"] = "20", ["RELAY_CUT"] = "40" };

        RelaySettings settings = RelaySettings.Read(said.GetValueOrDefault);
        RelaySettings plain = RelaySettings.Read(name => name is "PORT" or "RELAY_TARGET" ? said[name] : null);

        Assert.Equal((12, 5432, TimeSpan.FromMilliseconds(20), 40), (settings.Port, settings.Target.Port, settings.Delay, settings.Cut));
        Assert.Equal((TimeSpan.Zero, 0), (plain.Delay, plain.Cut));
        Assert.False(new CommitCuts(plain.Cut, (_, _) => { }).IsDue(new RelayStep()));
    }

    private static byte[] Message(char type, string body)
    {
        byte[] message = [(byte)type, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(body)];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 1);
        return message;
    }

    /// <summary>A stream that gives at most so many bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > most ? buffer[..most] : buffer, cancellationToken);
    }
}
