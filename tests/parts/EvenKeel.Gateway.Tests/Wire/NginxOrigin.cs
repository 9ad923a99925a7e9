using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>A real nginx as an instance, which says what it saw of TLS.</summary>
internal sealed class NginxOrigin : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evenkeel-nginx-");
    private readonly Process _process;

    private NginxOrigin(IPEndPoint address, string server)
    {
        Address = address;
        var path = Path.Combine(_folder.FullName, "nginx.conf");
        File.WriteAllText(path, $$"""
            daemon off; master_process off; pid {{_folder.FullName}}/pid; error_log {{_folder.FullName}}/error.log;
            events { }
            http {
              access_log off;
              client_body_temp_path {{_folder.FullName}}/a; proxy_temp_path {{_folder.FullName}}/b; fastcgi_temp_path {{_folder.FullName}}/c;
              uwsgi_temp_path {{_folder.FullName}}/d; scgi_temp_path {{_folder.FullName}}/e;
              server { listen {{address}} ssl; {{server}} }
            }
            """);
        _process = Process.Start(new ProcessStartInfo(Program, ["-e", $"{_folder.FullName}/error.log", "-p", _folder.FullName, "-c", path]))!;
    }

    public IPEndPoint Address { get; }

    public static async Task<NginxOrigin> StartAsync(string server)
    {
        Assert.SkipUnless(File.Exists(Program), "SKIPPED, nginx is not installed (apt-get install nginx)");
        var origin = new NginxOrigin(TestEndpoints.Refusing(), server);
        await Deadline.Until(() => origin.Accepts(), "nginx listens");
        return origin;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private bool Accepts()
    {
        Assert.False(_process.HasExited, "nginx ended");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(Address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
