using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Schema;

/// <summary>Checks the references to services in a value.</summary>
internal static class References
{
    /// <summary>Reports references where none is replaced, and those that lead nowhere.</summary>
    /// <param name="scalar">The value, which has some.</param>
    /// <param name="allowed">Whether they are replaced here.</param>
    /// <param name="path">Where the value stands.</param>
    /// <param name="context">Where faults go.</param>
    public static bool Accepts(ConfigScalar scalar, bool allowed, string path, BindingContext context)
    {
        if (!allowed)
        {
            context.Fail(DiagnosticCodes.MisplacedReference, context.Locate(scalar, scalar.References[0]),
                $"{BindingContext.Subject(path)} cannot refer to a service", null, "references are replaced in the values of 'env' only");
            return false;
        }

        var accepted = true;
        foreach (var reference in scalar.References)
        {
            accepted &= Accepts(reference, scalar, context);
        }

        return accepted;
    }

    private static bool Accepts(string reference, ConfigScalar scalar, BindingContext context)
    {
        var (service, field) = ServiceReference.In(reference).Single();
        var servers = context.Facts.Servers;
        if (!context.Facts.ServicesAreUnknown && !servers.Contains(service))
        {
            var isKnown = context.Facts.Services.ContainsKey(service);
            context.Fail(DiagnosticCodes.BadReference, context.Locate(scalar, reference),
                isKnown ? $"'{service}' is not a server with a 'kind'" : $"there is no service '{service}'",
                isKnown ? null : NameSuggestion.Label(service, servers),
                servers.Count == 0 ? "only services with a 'kind' can be referred to, and this file has none"
                    : $"services that can be referred to: {string.Join(", ", servers)}");
            return false;
        }

        if (!ServiceReference.Fields.Contains(field))
        {
            context.Fail(DiagnosticCodes.BadReference, context.Locate(scalar, reference), $"a server has no '{field}'",
                NameSuggestion.Label(field, ServiceReference.Fields), $"known are {string.Join(", ", ServiceReference.Fields)}");
            return false;
        }

        return true;
    }
}
