using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using EvenKeel.Fuzzing;

namespace EvenKeel.Proxying.Tests.Fuzzing;

/// <summary>A parser with a bug that inputs with an exclamation mark meet.</summary>
[SupportedOSPlatform("linux")]
internal sealed class PlantedTarget(string bug) : FuzzTarget("planted")
{
    public override IReadOnlyList<byte[]> Seeds { get; } = ["some words"u8.ToArray()];

    public override byte[] Spice { get; } = "!"u8.ToArray();

    public override string Run(byte[] input, Random random)
    {
        Span<byte> bytes = Memory.Place(input);
        if (!bytes.Contains((byte)'!'))
        {
            return "Complete";
        }

        switch (bug)
        {
            case "over-read":
                return $"Complete {Unsafe.Add(ref bytes[0], bytes.Length)}";
            case "hang":
                while (bytes.Length > 0)
                {
                }

                return "never";
            case "failure":
                throw new InvalidOperationException("planted");
            default:
                return "Complete with " + bug;
        }
    }
}
