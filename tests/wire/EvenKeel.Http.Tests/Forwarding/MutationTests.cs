using System.Text;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Fields;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;
using EvenKeel.Http.Tests.Heads;

namespace EvenKeel.Http.Tests.Forwarding;

/// <summary>Random damage from a fixed seed: parsing never throws, and what is accepted means the same after it was forwarded.</summary>
public sealed class MutationTests
{
    private static readonly byte[] Spice = "\r\n\t :,;\0\u007f/\\?#*%0123456789abcXYZ\"<>[]@=-_"u8.ToArray();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_accepted_is_the_same_message_after_it_was_forwarded(int seed)
    {
        var random = new Random(seed);
        var seeds = new[] { StartLineCases.All, TargetCases.All, HostCases.All, FieldCases.All, FramingCases.All }
            .SelectMany(cases => cases).SelectMany(one => new[] { one.TwinBytes, one.RefusedBytes }).Where(bytes => bytes.Length < 300).ToArray();
        var first = new RequestHead();
        var second = new RequestHead();
        var accepted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Damage(seeds[random.Next(seeds.Length)], random);
            first.Reset();
            if (first.Parse(bytes, HeadLimits.Default) == HeadStatus.Complete)
            {
                accepted++;
                MustMeanTheSame(bytes, first, second);
            }
        }

        Assert.InRange(accepted, 2_000, 20_000);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Damaged_responses_and_chunks_never_throw_and_never_pass_a_second_reading_differently(int seed)
    {
        var random = new Random(seed);
        var seeds = ResponseCases.All.SelectMany(one => new[] { one.TwinBytes, one.RefusedBytes }).Where(bytes => bytes.Length < 300).ToArray();
        var response = new ResponseHead();
        var again = new ResponseHead();
        var output = new byte[10_000];
        for (var round = 0; round < 10_000; round++)
        {
            var bytes = Damage(seeds[random.Next(seeds.Length)], random);
            response.Reset();
            if (response.Parse(bytes, HeadLimits.Default) == HeadStatus.Complete)
            {
                var framing = response.FramingFor(KnownMethod.Get);
                var changed = new ForwardedResponse { Instance = "web-1"u8, Framing = framing };
                var written = output.AsSpan(0, ResponseSerializer.Write(response, bytes, in changed, output));
                again.Reset();
                Assert.Equal(HeadStatus.Complete, again.Parse(written, HeadLimits.Default));
                Assert.Equal(written.Length, again.Length);
                Assert.Equal(response.Status, again.Status);
                Assert.Equal(framing, again.FramingFor(KnownMethod.Get));
            }

            var chunks = Damage("5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n"u8.ToArray(), random);
            BodyRunnerMustAgree(chunks, random);
        }
    }

    private static void BodyRunnerMustAgree(byte[] chunks, Random random)
    {
        var whole = Bodies.BodyRunner.Run(chunks, BodyFraming.Chunked, true, 100, _ => chunks.Length, out var decoded, out var consumed);
        var parts = Bodies.BodyRunner.Run(chunks, BodyFraming.Chunked, true, 100, _ => random.Next(1, 9), out var again, out var consumedAgain);
        Assert.Equal((whole.Fault, whole.IsComplete, decoded), (parts.Fault, parts.IsComplete, again));
        Assert.True(!whole.IsComplete || consumed == consumedAgain);
    }

    private static void MustMeanTheSame(byte[] bytes, RequestHead first, RequestHead second)
    {
        var added = new ForwardedRequest { ClientAddress = "10.0.0.9"u8, Scheme = "http"u8, DefaultHost = "default"u8 };
        var output = new byte[10_000];
        var written = output.AsSpan(0, RequestSerializer.Write(first, bytes, in added, output)).ToArray();
        second.Reset();
        Assert.Equal(HeadStatus.Complete, second.Parse(written, HeadLimits.Default));
        Assert.Equal(written.Length, second.Length);
        Assert.Equal(first.Method, second.Method);
        Assert.Equal(first.MethodName(bytes), second.MethodName(written));
        Assert.Equal(first.Framing, second.Framing);
        Assert.Equal(first.Path(bytes), second.Path(written));
        var host = first.Host(bytes);
        Assert.Equal(host.IsEmpty ? "default"u8 : host, second.Host(written));
        Assert.Equal(Ordinary(bytes, first, forwarded: false), Ordinary(written, second, forwarded: true));
    }

    private static List<string> Ordinary(byte[] bytes, RequestHead head, bool forwarded)
    {
        var fields = new List<string>();
        foreach (var line in head.Fields)
        {
            var name = Encoding.Latin1.GetString(line.Name(bytes));
            var hidden = !forwarded && head.HasNominations && ConnectionOptions.Nominated(bytes, head.Fields, line.Name(bytes));
            if (line.Known == KnownField.Other && !hidden)
            {
                fields.Add($"{name}={Encoding.Latin1.GetString(line.Value(bytes))}");
            }
        }

        return fields;
    }

    private static byte[] Damage(byte[] source, Random random)
    {
        var bytes = source.ToList();
        for (var times = random.Next(0, 4); times > 0 && bytes.Count > 1; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = Spice[random.Next(Spice.Length)];
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, Spice[random.Next(Spice.Length)]);
                    break;
                default:
                    var length = random.Next(1, Math.Min(20, bytes.Count - at) + 1);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }
}
