using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace EvenKeel.Architecture.Tests.Purity;

/// <summary>Walks a method body (ECMA-335 III) and gives the metadata tokens that its instructions mention, with their offsets.</summary>
internal static class InstructionTokens
{
    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => unchecked((ushort)code.Value));

    public static IEnumerable<(int Offset, EntityHandle Token)> In(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var start = at;
            var value = body[at] == 0xFE ? (ushort)(0xFE00 | body[at + 1]) : body[at];
            var code = OpCodesByValue[value];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                yield return (start, MetadataTokens.EntityHandle(BitConverter.ToInt32(body, at)));
            }

            at += Size(code.OperandType, body, at);
        }
    }

    private static int Size(OperandType operand, byte[] body, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
        _ => 4,
    };
}
