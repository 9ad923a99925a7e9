namespace Metering.Tests.Deploy;

/// <summary>A real nginx reads the configuration as Compose fills it in.</summary>
[Trait("Category", "Process")]
public sealed class NginxProcessTests : IDisposable
{
    private const string Program = "/usr/sbin/nginx";
    private readonly string _folder = Directory.CreateTempSubdirectory("evenkeel-nginx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nginx_accepts_the_configuration()
    {
        (int code, string error) = await TestAsync(Filled());
        Assert.True(code == 0, error);
    }

    [Fact]
    public async Task A_place_that_was_not_filled_is_refused()
    {
        (int code, string error) = await TestAsync(Filled().Replace("server 127.0.0.1:8080;", "${SERVERS}", StringComparison.Ordinal));
        Assert.NotEqual(0, code);
        Assert.Contains("nginx.conf", error, StringComparison.Ordinal);
    }

    // The names of the instances mean nothing outside of Compose, and nginx listens nowhere but on loopback while it tests.
    private string Filled()
    {
        string text = DeployFiles.Read("nginx/nginx.conf");
        foreach ((string name, string value) in ComposeFile.Environment(ComposeFile.Read().Services["nginx"]))
        {
            string here = name switch
            {
                "FOLDER" => _folder,
                "LISTEN" => "127.0.0.1:" + value,
                _ => value.Replace("app1:", "127.0.0.1:", StringComparison.Ordinal).Replace("app2:", "127.0.0.1:", StringComparison.Ordinal),
            };
            text = text.Replace("${" + name + "}", here, StringComparison.Ordinal);
        }

        return text;
    }

    private async Task<(int ExitCode, string Error)> TestAsync(string configuration)
    {
        Tool.Need(Program, "nginx");
        string file = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(file, configuration, TestContext.Current.CancellationToken);
        (int code, _, string error) = await Tool.RunAsync(Program, _folder, "-t", "-e", Path.Combine(_folder, "error.log"), "-p", _folder, "-c", file);
        return (code, error);
    }
}
