using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Load;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Tests.Load;

public sealed class RequestMixTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 44, 250, TimeSpan.Zero);

    [Fact]
    public void Placeholders_of_a_load_are_filled_from_seed_number_and_clock()
    {
        var mix = new RequestMix([Request("{uuid} {now} {now-90s} {boundary:30s} {choice:a|b} {int:5-7} {run}")]);

        var body = BodyOf(mix.Next(Values(1)));
        var words = body.Split(' ');

        Assert.Equal(body, BodyOf(mix.Next(Values(1))));
        Assert.NotEqual(words[0], BodyOf(mix.Next(Values(2))).Split(' ')[0]);
        Assert.NotEqual(words[0], BodyOf(mix.Next(Values(1) with { Run = "r2" })).Split(' ')[0]);
        Assert.True(Guid.TryParse(words[0], out _));
        Assert.Equal(["2026-01-31T12:00:44.250Z", "2026-01-31T11:59:14.250Z", "2026-01-31T12:00:30.000Z"], words[1..4]);
        Assert.Contains(words[4], (string[])["a", "b"]);
        Assert.InRange(int.Parse(words[5], System.Globalization.CultureInfo.InvariantCulture), 5, 7);
        Assert.Equal("r1", words[6]);
    }

    [Fact]
    public void A_boundary_at_the_instant_itself_is_that_instant()
    {
        var mix = new RequestMix([Request("{boundary:30s}")]);

        Assert.Equal("2026-01-31T12:00:30.000Z", BodyOf(mix.Next(Values(1) with { Clock = new(2026, 1, 31, 12, 0, 30, TimeSpan.Zero) })));
    }

    [Fact]
    public void Shares_decide_how_often_a_request_is_drawn()
    {
        var mix = new RequestMix([Request("a") with { Share = 9 }, Request("b") with { Share = 1 }]);

        var drawn = Enumerable.Range(1, 10_000).Count(number => BodyOf(mix.Next(Values(number))) == "b");

        Assert.InRange(drawn, 850, 1150);
    }

    [Fact]
    public void A_repetition_is_the_same_request_as_one_that_succeeded_and_before_that_the_request_itself()
    {
        var mix = new RequestMix([Request("{uuid} {now}") with { Name = "add", Share = 0 }, Request("{uuid} {now}") with { Repeats = "add", Share = 1 }]);
        var first = mix.Next(Values(1));
        Assert.Equal("add", first.Options.Name);

        mix.Succeeded(first);
        var again = mix.Next(Values(2) with { Clock = Noon.AddHours(1) });

        Assert.Equal("add", again.Options.Repeats);
        Assert.Equal(BodyOf(first), BodyOf(again));
    }

    [Theory]
    [InlineData(201, """{"id":"load-1","state":"done"}""", "")]
    [InlineData(200, """{"id":"load-1","state":"done"}""", "http200")]
    [InlineData(201, """{"id":"load-2","state":"done"}""", "expected /id")]
    [InlineData(201, """{"id":"load-1"}""", "expected /state")]
    [InlineData(201, "done", "expected JSON")]
    public void A_reply_that_is_not_as_expected_is_told_by_its_part(int status, string body, string problem)
    {
        var expectation = new Expectation(new ExpectOptions
        {
            Status = [201],
            Json = new Dictionary<string, string> { ["/id"] = "{id}", ["/state"] = "*" },
        });

        Assert.Equal(problem, expectation.Judge(new Exchange(ExchangeFailure.None, status, null, null, Encoding.UTF8.GetBytes(body), 0, 0), Values(1)));
    }

    [Fact]
    public void A_status_above_399_can_be_expected_and_a_time_out_never_is()
    {
        var expectation = new Expectation(new ExpectOptions { Status = [409] });

        Assert.Equal("", expectation.Judge(new Exchange(ExchangeFailure.None, 409, null, null, default, 0, 0), Values(1)));
        Assert.Equal("timeout", expectation.Judge(new Exchange(ExchangeFailure.Timeout, 0, null, null, default, 0, 0), Values(1)));
    }

    private static RequestOptions Request(string body) => new()
    {
        Method = "POST", Path = "/", Body = body, Headers = new Dictionary<string, string> { ["Content-Type"] = "text/plain" },
    };

    private static TemplateValues Values(long number) => new($"load-{number}", $"load-{number}", number, 7) { Run = "r1", Clock = Noon };

    private static string BodyOf(PlannedRequest request) => Encoding.UTF8.GetString(request.Prepared.Body!);
}
