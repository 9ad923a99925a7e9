using System.Text.Json.Nodes;
using EvenKeel.Proof.Discovery;

namespace EvenKeel.Proof.Tests.Discovery;

public sealed class ServiceDiscoveryTests
{
    private const string Value = "probe-1";

    [Fact]
    public async Task An_id_of_the_service_is_found_in_its_reply()
    {
        await using var service = ThingsService.Keeping(
            (body, number) => body["name"] is { } name ? new JsonObject { ["id"] = number, ["name"] = name.DeepClone() } : null,
            elements => new JsonObject { ["count"] = elements.Count, ["things"] = elements });

        var found = await AskAsync(service);

        Assert.Equal("/things", found.Workload.Items);
        Assert.Equal(("/id", "/id", "/name"), (found.Workload.AddedId, found.Workload.ItemId, found.Workload.ItemValue));
        Assert.Equal("DELETE /things/{id}", $"{found.Workload.Remove?.Method} {found.Workload.Remove?.Path}");
        Assert.Null(found.LeftBehind);
    }

    [Theory]
    [InlineData("_id")]
    [InlineData("uid")]
    [InlineData("uuid")]
    [InlineData("guid")]
    public async Task An_id_may_have_another_name(string name)
    {
        await using var service = ThingsService.Keeping(
            (body, number) => body["name"] is { } text ? new JsonObject { [name] = "n-" + number, ["name"] = text.DeepClone() } : null,
            elements => elements);

        var found = await AskAsync(service);

        Assert.Equal(("/" + name, "/" + name, "/name"), (found.Workload.AddedId, found.Workload.ItemId, found.Workload.ItemValue));
    }

    [Fact]
    public async Task A_clients_id_is_used_when_the_service_wants_one()
    {
        await using var service = ThingsService.Keeping(
            (body, _) => body["id"] is not null && body["title"] is not null
                ? new JsonObject { ["id"] = body["id"]!.DeepClone(), ["title"] = body["title"]!.DeepClone() }
                : null,
            elements => elements);

        var found = await AskAsync(service);

        Assert.Equal("", found.Workload.Items);
        Assert.Null(found.Workload.AddedId);
        Assert.Contains("\"id\":\"{id}\"", found.Workload.Add.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shape_of_an_element_that_is_there_is_copied()
    {
        var first = new JsonObject { ["id"] = 7, ["artist"] = "Gerry Mulligan", ["price"] = 17.99 };
        await using var service = ThingsService.Keeping(
            (body, number) => body["artist"] is not null && body["price"]?.GetValue<double>() > 0 ? With(body, "id", number) : null,
            elements => new JsonArray([first.DeepClone(), .. elements.Select(element => element?.DeepClone())]));

        var found = await AskAsync(service);

        Assert.Equal("""{"artist":"{value}","price":17.99}""", found.Workload.Add.Body);
        Assert.Equal("/artist", found.Workload.ItemValue);
    }

    [Fact]
    public async Task A_refusal_that_names_the_missing_field_is_understood()
    {
        await using var service = ThingsService.Keeping(
            (body, number) => body["label"] is not null ? With(body, "id", number) : null,
            elements => elements,
            refusal: """{"error":"label is required"}""");

        Assert.Contains("\"label\":\"{value}\"", (await AskAsync(service)).Workload.Add.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_id_the_value_itself_is_the_identity()
    {
        await using var service = ThingsService.Keeping(
            (body, _) => new JsonObject { ["text"] = body["text"]!.DeepClone() },
            elements => elements);

        var found = await AskAsync(service);

        Assert.Equal(("/text", null, null), (found.Workload.ItemId, found.Workload.AddedId, found.Workload.ItemValue));
        Assert.Contains("\"text\":\"{id}\"", found.Workload.Add.Body, StringComparison.Ordinal);
        Assert.Equal(Value, found.LeftBehind);
    }

    [Fact]
    public async Task A_list_that_does_not_show_the_new_element_is_told()
    {
        await using var service = ThingsService.Keeping((body, _) => body, _ => new JsonArray());

        var error = await Assert.ThrowsAsync<DiscoveryException>(() => AskAsync(service));

        Assert.Contains("did not show it within 2 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<html>", "answered no JSON: <html>")]
    [InlineData(404, "", "answered 404: (empty)")]
    [InlineData(200, """{"a":1}""", "without an array")]
    public async Task A_list_that_is_none_is_told(int status, string body, string complaint)
    {
        await using var service = new ThingsService((_, _, _) => (status, body));

        var error = await Assert.ThrowsAsync<DiscoveryException>(() => AskAsync(service));

        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_refuses_everything_is_quoted_and_the_flag_named()
    {
        await using var service = ThingsService.Keeping((_, _) => null, elements => elements, refusal: "not today");

        var error = await Assert.ThrowsAsync<DiscoveryException>(() => AskAsync(service));

        Assert.Contains("400: not today", error.Message, StringComparison.Ordinal);
        Assert.Contains("--body", error.Message, StringComparison.Ordinal);
    }

    private static JsonObject With(JsonObject body, string name, int value)
    {
        var copy = body.DeepClone().AsObject();
        copy[name] = value;
        return copy;
    }

    private static Task<DiscoveredService> AskAsync(ThingsService service) => ServiceDiscovery.AskAsync(
        service.Address, new DiscoveryQuestion(("POST", "/things"), ("GET", "/things"), Body: null), Value, TimeProvider.System,
        TestContext.Current.CancellationToken);
}
