using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Tests.Report;

public sealed class HtmlReportTests
{
    private const string Hostile = "</script><script>alert(1)</script><img src=x onerror='a'> & \"quoted\" ]]> --> \u0000\u0007\uD800 \u202E";

    [Fact]
    public void A_violation_is_told_first_with_what_to_do_and_the_offending_operations()
    {
        var model = new SampleRun(1, shared: false).Model();
        var page = new RenderedPage(model);

        Assert.Equal(Verdict.Violation, model.Judgement.Verdict);
        Assert.Contains("VIOLATION", page.All("h1").Single().Value, StringComparison.Ordinal);
        Assert.Contains(model.Judgement.Reason, page.ById("verdict").Value, StringComparison.Ordinal);
        Assert.Contains("store that all instances share", page.ById("advice").Parent!.Value, StringComparison.Ordinal);
        var named = model.Scenarios[0].Checks.SelectMany(static check => check.Findings).First().Operations;
        Assert.All(named, index => Assert.Equal("tr", page.ById($"op-{index}").Name.LocalName));
    }

    [Fact]
    public void Every_link_on_the_page_leads_to_exactly_one_place_on_it()
    {
        var page = new RenderedPage(Several());
        var ids = page.Document.Descendants().Select(static element => (string?)element.Attribute("id")).OfType<string>().ToList();
        var links = page.All("a").Select(static link => (string)link.Attribute("href")!).ToList();

        Assert.Equal(ids.Distinct().Count(), ids.Count);
        Assert.True(links.Count > 50);
        Assert.All(links, link => Assert.Contains(link.TrimStart('#'), ids));
    }

    [Fact]
    public void Every_drawing_has_a_title_and_a_description()
    {
        var page = new RenderedPage(new SampleRun(1, shared: false).Model());
        var drawings = page.All("svg").Where(static svg => (string?)svg.Attribute("aria-hidden") != "true").ToList();

        Assert.True(drawings.Count >= 5);
        Assert.All(drawings, svg =>
        {
            var ids = ((string)svg.Attribute("aria-labelledby")!).Split(' ');
            Assert.All(ids, id => Assert.NotEmpty(page.ById(id).Value));
            Assert.NotEmpty(svg.Parent!.Elements().Single(static element => element.Name.LocalName == "figcaption").Value);
        });
    }

    [Fact]
    public void Nothing_on_the_page_can_reach_the_network_or_run()
    {
        var page = new RenderedPage(new SampleRun(1).Model());

        Assert.Empty(page.All("script"));
        Assert.Empty(page.All("link"));
        Assert.Empty(page.All("img"));
        Assert.DoesNotContain(
            page.Document.Descendants().SelectMany(static element => element.Attributes()),
            static attribute => attribute.Name.LocalName is "src" or "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.StartsWith(
            "default-src 'none'; style-src 'sha256-",
            (string?)page.All("meta").First(static meta => meta.Attribute("http-equiv") is not null).Attribute("content"),
            StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http",
            page.Text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("http-equiv", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_comes_from_outside_is_text_and_nothing_else()
    {
        var run = new SampleRun(1).Model(Hostile);
        var elements = new ElementTable();
        var operation = new Operation
        {
            Index = 0, Session = Hostile, Kind = OperationKind.List, Value = Hostile, ElementId = Hostile, Instance = Hostile, Reason = Hostile,
            Intended = default, Sent = default, End = TimeSpan.FromSeconds(1), Outcome = OperationOutcome.Failed,
            Elements = elements.Observe([new(Hostile, Hostile)]),
        };
        var check = new CheckResult
        {
            Name = "made-up", Subject = CheckSubject.Data, Status = CheckStatus.Violated, Summary = Hostile, Advice = Hostile, Examined = 1, FindingCount = 1,
            Findings = [new Finding { Sentence = Hostile, Operations = [0, 1], Element = Hostile, Instances = [Hostile] }],
            Measures = [new(Hostile, double.NaN, Hostile)],
        };
        var scenario = new ScenarioReport
        {
            Name = Hostile,
            Judgement = new(Verdict.Violation, Hostile),
            History = new History([operation, operation with { Index = 1, Outcome = OperationOutcome.Ok }], elements),
            Checks = [check],
            Phases = [new(Hostile, default, TimeSpan.FromSeconds(1))],
            Instances = [new(Hostile, [new(InstanceCondition.Ready, default, TimeSpan.FromSeconds(1))])],
            Faults = [new() { Kind = Hostile, Target = Hostile, PlannedAt = default, ConfirmedAt = TimeSpan.Zero, Problem = Hostile }],
            Thresholds = [new(Hostile, Hostile, false)],
        };
        var page = new RenderedPage(run with
        {
            Command = Hostile, Replay = Hostile, Incomplete = Hostile, Configuration = Hostile, NotExercised = [Hostile], Notes = [Hostile],
            Environment = [new(Hostile, Hostile)], Files = [new(Hostile, Hostile, 1)], Scenarios = [scenario, scenario],
            Judgement = new(Verdict.Violation, Hostile),
        });

        Assert.Empty(page.All("script"));
        Assert.Empty(page.All("img"));
        Assert.True(page.Text.Split("&lt;script&gt;alert(1)").Length > 20);
        Assert.DoesNotContain('\u0000', page.Text);
    }

    [Fact]
    public void A_run_that_ended_before_anything_was_sent_still_has_a_report()
    {
        var nothing = new ReportModel
        {
            Title = "albums", Judgement = new(Verdict.Inconclusive, "Nothing was run."), Command = "evenkeel prove", Seed = 1,
            StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.Zero, Incomplete = "the fleet never became ready",
        };
        var empty = new ScenarioReport { Name = "empty", Judgement = nothing.Judgement, History = new History([], new ElementTable()) };

        Assert.Contains("INCOMPLETE: the fleet never became ready", new RenderedPage(nothing).ById("verdict").Value, StringComparison.Ordinal);
        var page = new RenderedPage(nothing with { Scenarios = [empty] });
        Assert.Contains("INCONCLUSIVE", page.All("h1").Single().Value, StringComparison.Ordinal);
        Assert.Contains("no operation was sent", page.ById("coverage").Parent!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void One_operation_is_enough_for_a_report()
    {
        var elements = new ElementTable();
        var operation = new Operation
        {
            Index = 0, Session = "s1", Kind = OperationKind.Probe, Intended = default, Sent = default, End = TimeSpan.Zero, Outcome = OperationOutcome.Ok, Instance = "web-1",
        };
        var history = new History([operation], elements);
        var page = new RenderedPage(new SampleRun(1).Model() with
        {
            Scenarios = [new ScenarioReport { Name = "one", Judgement = new(Verdict.Inconclusive, "one"), History = history,
                Checks = ConsistencyChecks.Run(history, new CheckSettings()) }],
        });

        Assert.Contains("Only probes were sent", page.ById("latency").Parent!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_minutes_with_a_hundred_thousand_operations_stay_under_three_megabytes()
    {
        var model = new SampleRun(1, rate: 0.1, seconds: 600).Model();
        var elements = new ElementTable();
        var random = new Random(3);
        var many = Enumerable.Range(0, 100_000).Select(i => new Operation
        {
            Index = i, Session = $"s{i % 50}", Kind = i % 3 == 0 ? OperationKind.Probe : OperationKind.Add, Value = $"v{i}", Instance = $"web-{i % 9}",
            Intended = TimeSpan.FromMilliseconds(i * 6), Sent = TimeSpan.FromMilliseconds(i * 6),
            End = TimeSpan.FromMilliseconds((i * 6) + 1 + random.Next(900)),
            Outcome = i % 7 == 0 ? OperationOutcome.Failed : OperationOutcome.Ok,
        });
        var history = new History(many, elements);
        var checks = ConsistencyChecks.Run(history, new CheckSettings { FailedReads = true });
        var page = new RenderedPage(model with { Scenarios = [model.Scenarios[0] with { History = history, Checks = checks }] });

        Assert.InRange(page.Text.Length, 50_000, 3_000_000);
    }

    [Fact]
    public void What_was_not_judged_or_not_confirmed_is_said_under_coverage()
    {
        var model = new SampleRun(1).Model();
        var scenario =
            model.Scenarios[0] with { Faults = [new FaultReport { Kind = "kill", Target = "web-2", PlannedAt = TimeSpan.FromSeconds(5),
                Problem = "no such process" }] };
        var coverage = new RenderedPage(model with { Scenarios = [scenario] }).ById("coverage").Parent!.Value;

        Assert.Contains("Network partitions", coverage, StringComparison.Ordinal);
        Assert.Contains("kill web-2 was planned at 5.000 s and not confirmed: no such process.", coverage, StringComparison.Ordinal);
        Assert.Contains("\u201CLoad is spread evenly\u201D was not judged", coverage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_never_stands_alone()
    {
        var page = new RenderedPage(Several());
        var badges = page.All("span").Where(static span => ((string?)span.Attribute("class"))?.StartsWith("badge", StringComparison.Ordinal) == true).ToList();

        Assert.True(badges.Count > 20);
        Assert.All(badges, static badge => Assert.Matches(@"^\S+\u00A0\S.*$", badge.Value));
    }

    private static ReportModel Several()
    {
        var model = new SampleRun(1).Model();
        return model with { Scenarios = [new SampleRun(1).Scenario("shared"), new SampleRun(2, shared: false).Scenario("in memory")] };
    }
}
