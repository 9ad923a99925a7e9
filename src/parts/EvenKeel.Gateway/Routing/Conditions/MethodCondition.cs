using System.Text;

namespace EvenKeel.Gateway.Routing.Conditions;

/// <summary>One of some methods.</summary>
internal sealed class MethodCondition(IEnumerable<string> methods) : RouteCondition
{
    private readonly byte[][] _methods = [.. methods.Select(Encoding.ASCII.GetBytes)];

    public override bool Holds(in RouteRequest request)
    {
        var name = request.Head.MethodName(request.Bytes);
        foreach (var method in _methods)
        {
            if (name.SequenceEqual(method))
            {
                return true;
            }
        }

        return false;
    }
}
