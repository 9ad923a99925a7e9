using System.Diagnostics.CodeAnalysis;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A single value.</summary>
/// <typeparam name="T">What it binds to.</typeparam>
internal abstract class ScalarSchema<T> : SchemaNode<T>
{
    /// <summary>Whether an unquoted value of this type may be meant. Values made from variables always may.</summary>
    protected abstract bool Accepts(ScalarType type);

    /// <summary>Whether this node says itself what is wrong when the value is of another type.</summary>
    protected virtual bool ExplainsTypes => false;

    /// <summary>Whether the value may hold references to services.</summary>
    protected virtual bool TakesReferences => false;

    /// <summary>Reads the value, or reports what is wrong with it.</summary>
    protected abstract bool TryRead(ConfigScalar scalar, string path, BindingContext context, [MaybeNullWhen(false)] out T value);

    public sealed override bool TryBind(ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not ConfigScalar { IsBroken: false } scalar)
        {
            context.FailKind(node, path, Expectation);
            return false;
        }

        if (scalar.Variables.Count == 0)
        {
            if (scalar.Type == ScalarType.Null)
            {
                context.FailKind(node, path, Expectation);
                return false;
            }

            if (!ExplainsTypes && !Accepts(scalar.Type))
            {
                context.Fail(DiagnosticCodes.WrongType, scalar.Span,
                    $"{BindingContext.Subject(path)} must be {Expectation}, not {DescribeType(scalar)}",
                    scalar.Type == ScalarType.Text ? null : "put it in quotes");
                return false;
            }
        }

        if (scalar.References.Count > 0 && !References.Accepts(scalar, TakesReferences, path, context))
        {
            return false;
        }

        if (!TryRead(scalar, path, context, out value))
        {
            return false;
        }

        context.AddOrigin(path, scalar);
        return true;
    }

    private static string DescribeType(ConfigScalar scalar) =>
        scalar.IsQuoted && ScalarTypes.Of(scalar.Text) != ScalarType.Text
            ? $"the text {ConfigScalar.Quote(scalar.Text)} in quotes"
            : scalar.Kind;
}
