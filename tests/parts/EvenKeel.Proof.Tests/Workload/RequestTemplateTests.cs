using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Tests.Workload;

public sealed class RequestTemplateTests
{
    [Fact]
    public void Placeholders_are_filled_in_where_they_stand_and_other_braces_stay()
    {
        var template = new RequestTemplate(new RequestOptions
        {
            Method = "PUT",
            Path = "/albums/{id}?n={n}",
            Headers = new Dictionary<string, string> { ["X-Seed"] = "{seed}" },
            Body = """{"id":"{id}","title":"{value}","tags":{},"x":"{other}"}""",
        });

        var request = template.Fill(new TemplateValues("i1", "v1", 17, 5));

        Assert.Equal("/albums/i1?n=17", request.Path);
        Assert.Equal("5", request.Headers["X-Seed"]);
        Assert.Equal("""{"id":"i1","title":"v1","tags":{},"x":"{other}"}""", Encoding.UTF8.GetString(request.Body!));
    }

    [Fact]
    public void An_id_that_the_service_chose_cannot_break_out_of_its_place()
    {
        var template = new RequestTemplate(new RequestOptions
        {
            Method = "PUT", Path = "/albums/{id}", Headers = new Dictionary<string, string> { ["X-Id"] = "{id}" }, Body = """{"id":"{id}"}""",
        });

        var request = template.Fill(new TemplateValues("a/b?c\"d\r\ne", "", 1, 1));

        Assert.Equal("/albums/a%2Fb%3Fc%22d%0D%0Ae", request.Path);
        Assert.Equal("a/b?c\"de", request.Headers["X-Id"]);
        Assert.Equal("a/b?c\"d\r\ne", System.Text.Json.JsonDocument.Parse(request.Body!).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public void Names_are_unique_in_a_run_and_known_again()
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var names = new ElementNames(1, at);
        var later = new ElementNames(1, at.AddMilliseconds(1));

        var all = Enumerable.Range(0, 1000).Select(_ => names.Next()).ToList();

        Assert.Equal(2000, all.SelectMany(name => new[] { name.Id, name.Value }).Distinct().Count());
        Assert.True(names.IsOurs(new("42", all[3].Value)));
        Assert.True(names.IsOurs(new(all[3].Id, null)));
        Assert.False(names.IsOurs(new(later.Next().Id, later.Next().Value)));
    }
}
