using System.Net;
using EvenKeel.Configuration.Model;

namespace Subject;

/// <summary>What the gateway is to be, as `--name value` pairs.</summary>
internal sealed class SubjectOptions
{
    private readonly Dictionary<string, string> _values = [];

    public SubjectOptions(string[] args)
    {
        if (args.Length % 2 != 0)
        {
            throw new ArgumentException($"'{args[^1]}' has no value");
        }

        for (var i = 0; i < args.Length; i += 2)
        {
            _values.Add(args[i], args[i + 1]);
        }
    }

    public bool UsesEpoll => Text("--transport") == "epoll";

    public IPEndPoint Backend => Address("--backend") ?? throw new ArgumentException("--backend PORT is missing");

    public int Routes => int.Parse(Text("--routes") ?? "1");

    public string? Log => Text("--log");

    /// <summary>With more than one route, the last one is `/`: a request for a path of none of the others passes them all.</summary>
    public GatewayOptions Gateway => new()
    {
        Listen = Address("--http") ?? throw new ArgumentException("--http PORT is missing"),
        Tls = Address("--https") is not { } https ? null : new GatewayTlsOptions
        {
            Listen = https, Certificates = [new CertificateOptions(Text("--certificate")!, Text("--key")!)],
        },
        Tcp = Address("--tcp") is not { } tcp ? [] : [new TcpListenerOptions { Listen = tcp, Service = "service-0" }],
        Routes = [.. Enumerable.Range(0, Routes).Reverse().Select(i => new RouteOptions { Path = i == 0 ? "/" : $"/route-{i}", Service = $"service-{i}" })],
    };

    private string? Text(string name) => _values.GetValueOrDefault(name);

    private IPEndPoint? Address(string name) => Text(name) is { } port ? new IPEndPoint(IPAddress.Loopback, int.Parse(port)) : null;
}
