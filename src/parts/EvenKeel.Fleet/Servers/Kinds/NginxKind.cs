using System.Globalization;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Fleet.Servers.Kinds;

/// <summary>
/// nginx as a load balancer. Its access log is a file in its folder, emptied at each start of the cluster: a user of its own cannot open
/// the supervisor's pipe again.
/// </summary>
internal sealed class NginxKind : IServerKind
{
    /// <summary>Where the built-in configuration answers for itself.</summary>
    public const string HealthPath = "/nginx-health";

    /// <summary>The built-in template.</summary>
    private const string BuiltIn = """
        worker_processes auto;
        pid ${FOLDER}/nginx.pid;
        error_log stderr warn;
        events { worker_connections 4096; }
        http {
          log_format upstream '$remote_addr $time_iso8601 "$request" $status $body_bytes_sent upstream=$upstream_addr '
                              'upstream_status=$upstream_status time=$request_time upstream_time=$upstream_response_time';
          access_log ${FOLDER}/access.log upstream buffer=64k flush=1s;
          client_body_temp_path ${FOLDER}/body;
          proxy_temp_path ${FOLDER}/proxy;
          fastcgi_temp_path ${FOLDER}/fastcgi;
          uwsgi_temp_path ${FOLDER}/uwsgi;
          scgi_temp_path ${FOLDER}/scgi;
          gzip on;
          gzip_types application/json text/plain;
          upstream instances {
            ${SERVERS}
            keepalive 64;
          }
          server {
            listen ${LISTEN};
            location = /nginx-health { access_log off; return 200 "ok\n"; }
            location / {
              proxy_pass http://instances;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Host $http_host;
              proxy_set_header X-Real-IP $remote_addr;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              proxy_set_header X-Forwarded-Proto $scheme;
            }
          }
        }
        """;

    /// <inheritdoc />
    public ServerProgram Program { get; } = new("nginx", "nginx", "www-data", "/usr/sbin", "/usr/local/sbin");

    /// <inheritdoc />
    public string Scheme => "http://";

    /// <inheritdoc />
    public string Suffix => "";

    /// <inheritdoc />
    public Task<ServiceOptions> PrepareAsync(ServerSetup setup, CancellationToken cancellationToken)
    {
        var template = ServerTemplate.Read(setup, BuiltIn);
        var values = new Dictionary<string, string>
        {
            ["LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{setup.Port}"),
            ["FOLDER"] = setup.Folder,
        };
        ServerTemplate.AddTargets(values, "SERVERS", setup.Targets, target => $"server {target.Address};", "\n    ");
        var file = Path.Combine(setup.Folder, "nginx.conf");
        ServerFolder.Write(file, template.Fill(values), setup.Account);
        File.Delete(Path.Combine(setup.Folder, "access.log"));
        var service = setup.Run("-p", setup.Folder, "-c", file, "-e", "stderr", "-g", "daemon off;");
        return Task.FromResult(service with
        {
            Health = service.Health with { Ready = service.Health.Ready ?? (setup.Server.Template is null ? HealthPath : null) },
            Drain = service.Drain with { Signal = StopSignal.Quit },
        });
    }
}
