using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EvenKeel.Cli.Demo;

/// <summary>Reads and adds albums on one instance, past any gateway.</summary>
internal sealed class AlbumReading(HttpClient http, string instance, int port)
{
    private const string BettyCarter = """{"title": "The Modern Sound of Betty Carter", "artist": "Betty Carter", "price": 49.99}""";

    public string Address => $"http://127.0.0.1:{port}/albums";

    public string Instance => instance;

    /// <summary>The titles that the instance has.</summary>
    public async Task<IReadOnlyList<string>> TitlesAsync(CancellationToken cancellation)
    {
        var albums = await http.GetFromJsonAsync<JsonArray>(Address, cancellation);
        return [.. albums!.Select(album => (string?)album!["title"] ?? "")];
    }

    /// <summary>Adds the album and gives the id that the instance chose.</summary>
    public async Task<string> AddAsync(CancellationToken cancellation)
    {
        using var body = new StringContent(BettyCarter, System.Text.Encoding.UTF8, "application/json");
        using var reply = await http.PostAsync(Address, body, cancellation);
        reply.EnsureSuccessStatusCode();
        return (string)(await reply.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["id"]!;
    }
}
