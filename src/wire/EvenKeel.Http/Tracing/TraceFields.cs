using EvenKeel.Http.Fields;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Tracing;

/// <summary>Finds the trace of a request in its fields.</summary>
public static class TraceFields
{
    /// <summary>The name of the field that names trace and parent.</summary>
    public static ReadOnlySpan<byte> ParentName => "traceparent"u8;

    /// <summary>Reads the one <c>traceparent</c>.</summary>
    /// <param name="request">A complete head.</param>
    /// <param name="head">The bytes it was parsed from.</param>
    /// <param name="parent">What it says.</param>
    /// <returns>False when there is none, it is not valid, or there are several.</returns>
    public static bool TryRead(RequestHead request, ReadOnlySpan<byte> head, out TraceParent parent)
    {
        parent = default;
        var found = 0;
        var isValid = false;
        foreach (ref readonly var line in request.Fields)
        {
            if (line.Known == KnownField.TraceParent)
            {
                found++;
                isValid = TraceParent.TryParse(line.Value(head), out parent);
            }
        }

        return found == 1 && isValid;
    }
}
