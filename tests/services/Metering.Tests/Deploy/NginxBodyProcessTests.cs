using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EvenKeel.TestServers;
using Metering.Schema;
using Metering.Tests.Instances;

namespace Metering.Tests.Deploy;

/// <summary>A real nginx in front of an instance, configured as for the stack.</summary>
[Trait("Category", "Process")]
public sealed class NginxBodyProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    private const string Program = "/usr/sbin/nginx";
    private readonly string _folder = Directory.CreateTempSubdirectory("evenkeel-nginx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_batch_of_5000_large_events_passes_and_one_that_is_too_large_is_refused_by_the_instance()
    {
        Tool.Need(Program, "nginx");
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        string address = $"127.0.0.1:{FreePort()}";
        string file = Path.Combine(_folder, "nginx.conf");
        string text = $"user {Environment.UserName};\n" + DeployFiles.Read("nginx/nginx.conf")
            .Replace("error_log stderr", $"error_log {_folder}/error.log", StringComparison.Ordinal)
            .Replace("${FOLDER}", _folder, StringComparison.Ordinal)
            .Replace("${LISTEN}", address, StringComparison.Ordinal)
            .Replace("${SERVERS}", $"server {metering.Client.BaseAddress!.Authority};", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        (int code, _, string error) = await RunAsync(file);
        Assert.True(code == 0, error);
        try
        {
            DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
            string[] events = [.. Enumerable.Range(0, 5000).Select(i => HostedMetering.Event($"e{i}-{new string('x', 100)}", now))];
            (HttpStatusCode status, JsonElement body) = await PostAsync(address, $"[{string.Join(',', events)}]");
            Assert.Equal((HttpStatusCode.OK, 5000), (status, body.GetProperty("processed").GetInt32()));
            (status, body) = await PostAsync(address, "[" + new string(' ', 17_000_000) + "]");
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
            Assert.Contains("Nothing was stored", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync(file, "-s", "stop");
            await Until.TrueAsync("an nginx that has ended", () => Task.FromResult(!File.Exists(Path.Combine(_folder, "nginx.pid"))));
        }
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string address, string batch)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{address}/v1/events:batch")
        {
            Content = new StringContent(batch, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", DemoData.AcmeKey);
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        bool isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return (response.StatusCode, isJson ? JsonDocument.Parse(text).RootElement : JsonDocument.Parse("{\"detail\":\"\"}").RootElement);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string file, params string[] more) =>
        Tool.RunAsync(Program, _folder, ["-e", Path.Combine(_folder, "error.log"), "-p", _folder, "-c", file, .. more]);
}
