using System.Text;

namespace EvenKeel.Gateway.Problems;

/// <summary>The stable names of problems, as they stand in X-EvenKeel-Error, for those who write them elsewhere.</summary>
public static class ProblemNames
{
    /// <summary>The name of a problem, such as <c>no_healthy_instance</c>.</summary>
    public static string Of(ProblemCode code) => Encoding.ASCII.GetString(ProblemCodes.NameOf(code));
}
