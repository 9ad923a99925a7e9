using EvenKeel.Configuration.Model;

namespace EvenKeel.Gateway.Tests.Routing.Conditions;

public sealed class BodyConditionTests
{
    [Theory]
    [InlineData("/kind", "order", """{"kind":"order"}""", true)]
    [InlineData("/kind", "order", """ { "a" : [1,{"kind":"x"}], "kind" : "order" } """, true)]
    [InlineData("/kind", "order", """{"kind":"\u006frder"}""", true)]
    [InlineData("/kind", "order", """{"kind":"Order"}""", false)]
    [InlineData("/kind", "order", """{"kind":"orders"}""", false)]
    [InlineData("/kind", "order", """{"a":{"kind":"order"}}""", false)]
    [InlineData("/a/b/1", "x", """{"a":{"b":[0,"x"]}}""", true)]
    [InlineData("/a/b/1", "x", """{"a":{"b":["x"]}}""", false)]
    [InlineData("/n", "5", """{"n":5}""", true)]
    [InlineData("/n", "5", """{"n":"5"}""", true)]
    [InlineData("/n", "5", """{"n":5.0}""", false)]
    [InlineData("/t", "true", """{"t":true}""", true)]
    [InlineData("/z", "null", """{"z":null}""", true)]
    [InlineData("/z", "null", "{}", false)]
    [InlineData("", "5", "5", true)]
    [InlineData("/a~1b/~0", "x", """{"a/b":{"~":"x"}}""", true)]
    [InlineData("/kind", "order", """{"kind":"order","kind":"refund"}""", false)]
    [InlineData("/kind", "order", """{"kind":"refund","kind":"order"}""", false)]
    [InlineData("/a/kind", "order", """{"a":{"kind":"order"},"a":{"kind":"refund"}}""", false)]
    [InlineData("/kind", "order", """{"kind":"order"} x""", false)]
    [InlineData("/kind", "order", """{"kind":"order",}""", false)]
    [InlineData("/kind", "order", """{"kind":"order" """, false)]
    [InlineData("/kind", "order", "kind=order", false)]
    [InlineData("/kind", "order", "", false)]
    public void A_value_in_a_valid_body_decides(string pointer, string value, string body, bool holds)
    {
        var table = RouteTables.Make([new RouteOptions { Service = "web", Match = new MatchOptions { Body = [new BodyMatch(pointer, value)] } }]);

        Assert.Equal(holds ? 0 : -1, RouteTables.Find(table, "POST / HTTP/1.1\r\nHost: a\r\n\r\n", body: body));
    }
}
