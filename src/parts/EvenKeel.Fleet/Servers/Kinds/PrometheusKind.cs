using System.Globalization;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Fleet.Servers.Kinds;

/// <summary>Prometheus, which scrapes <c>/metrics</c> of each instance every second and calls it by its name.</summary>
internal sealed class PrometheusKind : IServerKind
{
    private const string BuiltIn = """
        global:
          scrape_interval: 1s
          scrape_timeout: 1s
        scrape_configs:
          - job_name: instances
            static_configs:
              ${TARGETS}
        """;

    /// <inheritdoc />
    public ServerProgram Program { get; } = new("prometheus", "prometheus", "prometheus", "/usr/bin", "/usr/local/bin");

    /// <inheritdoc />
    public string Scheme => "http://";

    /// <inheritdoc />
    public string Suffix => "";

    /// <inheritdoc />
    public Task<ServiceOptions> PrepareAsync(ServerSetup setup, CancellationToken cancellationToken)
    {
        var template = ServerTemplate.Read(setup, BuiltIn);
        var values = new Dictionary<string, string> { ["PORT"] = setup.Port.ToString(CultureInfo.InvariantCulture), ["FOLDER"] = setup.Folder };
        ServerTemplate.AddTargets(
            values, "TARGETS", setup.Targets,
            target => $"- {{ targets: ['{target.Address}'], labels: {{ instance: {target.Instance}, service: {target.Service} }} }}", "\n      ");
        var file = Path.Combine(setup.Folder, "prometheus.yml");
        ServerFolder.Write(file, template.Fill(values), setup.Account);
        var data = Path.Combine(setup.Folder, "data");
        Directory.CreateDirectory(data);
        ServerFolder.Own(data, setup.Account);
        var service = setup.Run(
            $"--config.file={file}", $"--storage.tsdb.path={data}",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{setup.Port}"), "--log.level=warn");
        return Task.FromResult(service with
        {
            Health = service.Health with { Ready = service.Health.Ready ?? "/-/ready" },
            Drain = service.Drain with { Timeout = TimeSpan.Zero },
        });
    }
}
