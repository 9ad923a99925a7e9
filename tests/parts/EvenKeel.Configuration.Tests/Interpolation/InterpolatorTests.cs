using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Interpolation;

namespace EvenKeel.Configuration.Tests.Interpolation;

public sealed class InterpolatorTests
{
    private static readonly Dictionary<string,
        string> Variables = new() { ["SET"] = "x", ["EMPTY"] = "", ["MONEY"] = "$SET ${SET}", ["_a1"] = "y" };

    [Theory]
    [InlineData("${SET}", "x")]
    [InlineData("${EMPTY}", "")]
    [InlineData("${_a1}", "y")]
    [InlineData("a${SET}b${SET}c", "axbxc")]
    [InlineData("${SET:-word}", "x")]
    [InlineData("${EMPTY:-word}", "word")]
    [InlineData("${UNSET:-word}", "word")]
    [InlineData("${UNSET:-}", "")]
    [InlineData("${SET-word}", "x")]
    [InlineData("${EMPTY-word}", "")]
    [InlineData("${UNSET-word}", "word")]
    [InlineData("${SET:?message}", "x")]
    [InlineData("${SET?message}", "x")]
    [InlineData("${EMPTY?message}", "")]
    [InlineData("${SET:+word}", "word")]
    [InlineData("${EMPTY:+word}", "")]
    [InlineData("${UNSET:+word}", "")]
    [InlineData("${SET+word}", "word")]
    [InlineData("${EMPTY+word}", "word")]
    [InlineData("${UNSET+word}", "")]
    [InlineData("${UNSET:-${SET}}", "x")]
    [InlineData("${UNSET:-a${EMPTY:-b${SET}}c}", "abxc")]
    [InlineData("${UNSET:-http://127.0.0.1:80/?a=b-c}", "http://127.0.0.1:80/?a=b-c")]
    [InlineData("$$", "$")]
    [InlineData("$$SET", "$SET")]
    [InlineData("$${SET}", "${SET}")]
    [InlineData("$$${SET}", "$x")]
    [InlineData("${UNSET:-$$}", "$")]
    [InlineData("costs $5 and $", "costs $5 and $")]
    [InlineData("{\"id\":\"{id}\"}", "{\"id\":\"{id}\"}")]
    [InlineData("${MONEY}", "$SET ${SET}")]
    [InlineData("", "")]
    public void Variables_are_replaced_by_the_rules_of_compose_files(string text, string expected)
    {
        var result = Interpolator.Expand(text, Variables.GetValueOrDefault);

        Assert.Empty(result.Faults);
        Assert.Equal(expected, result.Text);
    }

    [Theory]
    [InlineData("${UNSET}", DiagnosticCodes.UnsetVariable, 0, 8)]
    [InlineData("a $$ ${UNSET}", DiagnosticCodes.UnsetVariable, 2, 8)]
    [InlineData("${UNSET:-${OTHER}}", DiagnosticCodes.UnsetVariable, 1, 8)]
    [InlineData("${UNSET:?give it}", DiagnosticCodes.DemandedVariable, 0, 17)]
    [InlineData("${EMPTY:?give it}", DiagnosticCodes.DemandedVariable, 0, 17)]
    [InlineData("${UNSET?give it}", DiagnosticCodes.DemandedVariable, 0, 16)]
    [InlineData("${", DiagnosticCodes.BadInterpolation, 0, 2)]
    [InlineData("${}", DiagnosticCodes.BadInterpolation, 0, 2)]
    [InlineData("${1}", DiagnosticCodes.BadInterpolation, 0, 2)]
    [InlineData("${SET", DiagnosticCodes.BadInterpolation, 0, 5)]
    [InlineData("${SET:=x}", DiagnosticCodes.BadInterpolation, 0, 5)]
    [InlineData("${SET:-x", DiagnosticCodes.BadInterpolation, 0, 8)]
    [InlineData("${SET }", DiagnosticCodes.BadInterpolation, 0, 5)]
    [InlineData("$SET", DiagnosticCodes.BareVariable, 0, 4)]
    public void A_fault_has_one_message_at_its_dollar(string text, string code, int dollar, int length)
    {
        var fault = Assert.Single(Interpolator.Expand(text, Variables.GetValueOrDefault).Faults);

        Assert.Equal((code, dollar, length), (fault.Code, fault.Dollar, fault.Length));
    }

    [Theory]
    [InlineData("${SET:-${UNSET}}")]
    [InlineData("${SET-${UNSET:?never shown}}")]
    [InlineData("${UNSET:+${UNSET}}")]
    [InlineData("${SET:?${UNSET}}")]
    public void A_word_that_is_not_taken_is_not_evaluated(string text)
    {
        var asked = new List<string>();

        var result = Interpolator.Expand(text, name =>
        {
            asked.Add(name);
            return Variables.GetValueOrDefault(name);
        });

        Assert.Empty(result.Faults);
        Assert.Single(asked);
    }

    [Fact]
    public void The_message_of_a_demand_may_hold_variables() =>
        Assert.Contains("not set: ask x",
            Assert.Single(Interpolator.Expand("${UNSET:?ask ${SET}}", Variables.GetValueOrDefault).Faults).Message,
                StringComparison.Ordinal);

    [Fact]
    public void Several_faults_in_one_value_are_all_reported() =>
        Assert.Equal([0, 1], Interpolator.Expand("${A} ${B}", _ => null).Faults.Select(f => f.Dollar));

    [Fact]
    public void Variables_nest_to_the_limit_and_no_deeper()
    {
        static string Nest(int levels) => string.Concat(Enumerable.Repeat("${U:-", levels)) + "x" + new string('}', levels);

        Assert.Equal("x", Interpolator.Expand(Nest(Interpolator.MaxNesting), _ => null).Text);
        Assert.Single(Interpolator.Expand(Nest(Interpolator.MaxNesting + 1), _ => null).Faults);
        Assert.Single(Interpolator.Expand(Nest(100_000), _ => null).Faults);
    }

    [Fact]
    public void A_value_grows_to_the_limit_and_no_further()
    {
        var large = new string('x', Interpolator.MaxLength / 2);

        Assert.Equal(Interpolator.MaxLength, Interpolator.Expand("${V}${V}", _ => large).Text.Length);
        Assert.Equal(DiagnosticCodes.BadInterpolation, Assert.Single(Interpolator.Expand("${V}${V}x${V}", _ => large).Faults).Code);
    }
}
