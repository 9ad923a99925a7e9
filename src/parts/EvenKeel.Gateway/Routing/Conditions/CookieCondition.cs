using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Affinity;
using EvenKeel.Http.Fields;

namespace EvenKeel.Gateway.Routing.Conditions;

/// <summary>A cookie. The first of a name counts in each Cookie field.</summary>
internal sealed class CookieCondition(NamedMatch match) : RouteCondition
{
    private readonly byte[] _name = Encoding.ASCII.GetBytes(match.Name);
    private readonly ValueTest _test = new(match);

    public override bool Holds(in RouteRequest request)
    {
        foreach (ref readonly var line in request.Head.Fields)
        {
            if (line.Known == KnownField.Cookie && CookieField.TryFind(line.Value(request.Bytes), _name, out var value)
                && (_test.WantsNone || _test.Holds(value)))
            {
                return !_test.WantsNone;
            }
        }

        return _test.WantsNone;
    }
}
