using System.Text.Json;
using EvenKeel.Configuration.Model;

namespace Metering.Tests.Deploy;

/// <summary>The script for k6 sends the same load, and judges it alike, as the file for <c>evenkeel load</c>.</summary>
[Trait("Category", "Process")]
public class K6ScriptProcessTests
{
    [Fact]
    public async Task Each_profile_has_the_stages_and_the_thresholds_of_the_load_file()
    {
        JsonElement options = (await K6Script.ReadAsync()).GetProperty("options");
        LoadOptions load = LoadFile.Read();
        Assert.NotEmpty(load.Profiles);
        Assert.Equal(load.Profiles.Keys.Order(), options.EnumerateObject().Select(profile => profile.Name).Order());
        foreach ((string name, LoadProfileOptions profile) in load.Profiles)
        {
            JsonElement scenario = options.GetProperty(name).GetProperty("scenarios").GetProperty("events");
            IEnumerable<string> stages = scenario.GetProperty("stages").EnumerateArray()
                .Select(stage => $"{stage.GetProperty("duration").GetString()}:{stage.GetProperty("target").GetInt32()}");
            Assert.Equal($"{name}: {LoadFile.Stages(profile)}", $"{name}: {string.Join(' ', stages)}");
            Assert.Equal(profile.Stages[0].Users, scenario.GetProperty("startVUs").GetInt32());

            IEnumerable<string> thresholds = options.GetProperty(name).GetProperty("thresholds").EnumerateObject()
                .SelectMany(rules => rules.Value.EnumerateArray().Select(rule => $"{name}: {rules.Name} {rule.GetString()}"));
            Assert.Equal(profile.Thresholds.Select(threshold => $"{name}: {LoadFile.Threshold(threshold)}").Order(), thresholds.Order());
        }
    }

    [Fact]
    public async Task Each_kind_of_event_has_the_share_of_the_load_file()
    {
        JsonElement kinds = (await K6Script.ReadAsync()).GetProperty("kinds");
        SortedDictionary<string, double> script = Sum(kinds.EnumerateArray().Select(kind => (Kind(kind), kind.GetProperty("share").GetDouble())));
        LoadOptions load = LoadFile.Read();
        SortedDictionary<string, double> file = Sum(load.Requests.Select(request => (LoadFile.Kind(load, request, K6Script.Now), request.Share ?? 1)));
        Assert.Equal(8, file.Count);
        Assert.Equal(file, script);
    }

    [Theory]
    [InlineData("p99<1s", "http_req_duration p(99)<1000")]
    [InlineData("p95<500ms", "http_req_duration p(95)<500")]
    [InlineData("errors<0.1%", "http_req_failed rate<0.001")]
    [InlineData("rate>2000/s", "http_reqs rate>2000")]
    public void A_threshold_is_translated(string file, string script) => Assert.Equal(script, LoadFile.Threshold(file));

    private static string Kind(JsonElement kind) =>
        kind.GetProperty("changed").GetBoolean() ? "repeated with another body"
        : kind.GetProperty("repeat").GetBoolean() ? "repeated"
        : LoadFile.Kind(kind.GetProperty("tenant").GetString()!, kind.GetProperty("shift").GetInt64());

    private static SortedDictionary<string, double> Sum(IEnumerable<(string Kind, double Share)> kinds) => new(
        kinds.GroupBy(kind => kind.Kind).ToDictionary(group => group.Key, group => group.Sum(kind => kind.Share)), StringComparer.Ordinal);
}
