using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The request that adds one element of a workload.</summary>
internal static class AddSection
{
    private static readonly Key<string> Id = Key.Absent("id", Scalars.Pointer, "the request's own `{id}`",
        "Where the new element's id is in the reply.");

    private static readonly ObjectSchema<AddRequest> Long = new(
        "add", "The request that adds one element. `{value}` is unique in every request, and so is `{id}`, for services that take the client's id.",
        [RequestSection.LineKey, RequestSection.Body, RequestSection.Headers, Id],
        values => new AddRequest(RequestSection.Create(values), values.Find(Id)))
    {
        Check = Check,
    };

    /// <summary>Only the long form: an element's value or id stands in a body, a header or the path, and a bare line says nothing of the
    /// reply.</summary>
    public static readonly SchemaNode<AddRequest> Schema = Long;

    private static void Check(KeyValues values)
    {
        if (values.HasFailed)
        {
            return;
        }

        var request = RequestSection.Create(values);
        var hasId = RequestSection.Mentions(request, "{id}");
        if (!hasId && !RequestSection.Mentions(request, "{value}"))
        {
            values.Fail(DiagnosticCodes.UntraceableElement, values.ValueSpan(RequestSection.LineKey),
                "the request of 'add' has neither {value} nor {id}, so all elements would be equal",
                null, "put {value} where each element may differ, for example: body: '{\"title\":\"{value}\"}'");
        }
        else if (!hasId && !values.Has(Id))
        {
            values.Fail(DiagnosticCodes.UntraceableElement, values.Map.Head, "'add' does not say what the new element's id is",
                null, "add 'id: /id', the place of the id in the reply, or put {id} in the request");
        }
    }
}
