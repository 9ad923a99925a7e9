using System.Text;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Gateway.Routing.Conditions;

/// <summary>A header field, of which one line has to have the value.</summary>
internal sealed class HeaderCondition(NamedMatch match) : RouteCondition
{
    private readonly byte[] _name = Encoding.ASCII.GetBytes(match.Name);
    private readonly ValueTest _test = new(match);

    public override bool Holds(in RouteRequest request)
    {
        foreach (ref readonly var line in request.Head.Fields)
        {
            if (Ascii.EqualsIgnoreCase(line.Name(request.Bytes), _name) && (_test.WantsNone || _test.Holds(line.Value(request.Bytes))))
            {
                return !_test.WantsNone;
            }
        }

        return _test.WantsNone;
    }
}
