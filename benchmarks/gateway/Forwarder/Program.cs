using System.Net;
using System.Security.Cryptography.X509Certificates;
using Forwarder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// usage: Forwarder PORT TLS-PORT CERTIFICATE KEY BACKEND-PORT LOG
// What one writes in an afternoon: Kestrel in front, HttpClient behind, X-Forwarded-For added, bodies and upgraded connections streamed, a log line each.
if (args is not [var portText, var tlsText, var certificate, var key, var backendText, var logPath])
{
    Console.Error.WriteLine("usage: Forwarder PORT TLS-PORT CERTIFICATE KEY BACKEND-PORT LOG");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Listen(IPAddress.Loopback, int.Parse(portText));
    kestrel.Listen(IPAddress.Loopback, int.Parse(tlsText), listen =>
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.UseHttps(X509Certificate2.CreateFromPemFile(certificate, key));
    });
});
builder.WebHost.UseKestrelHttpsConfiguration();
var app = builder.Build();
string[] hopByHop = ["Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"];
using var log = new AccessLog(logPath);
using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
var backend = $"http://127.0.0.1:{backendText}";

app.Run(async context =>
{
    var started = TimeProvider.System.GetTimestamp();
    using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), backend + context.Features.Get<IHttpRequestFeature>()!.RawTarget);
    if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
    {
        request.Content = new StreamContent(context.Request.Body);
    }

    foreach (var (name, values) in context.Request.Headers)
    {
        if (!hopByHop.Contains(name, StringComparer.OrdinalIgnoreCase) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
        {
            request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
    }

    request.Headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());
    var upgrade = context.Features.Get<IHttpUpgradeFeature>();
    if (upgrade?.IsUpgradableRequest == true)
    {
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
    }

    using var response = await client.SendAsync(request, context.RequestAborted);
    var firstByte = TimeProvider.System.GetElapsedTime(started);
    context.Response.StatusCode = (int)response.StatusCode;
    foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
    {
        if (!hopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            context.Response.Headers[name] = values.ToArray();
        }
    }

    if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
    {
        await using var above = await upgrade!.UpgradeAsync();
        await using var below = await response.Content.ReadAsStreamAsync();
        await Task.WhenAny(above.CopyToAsync(below, context.RequestAborted), below.CopyToAsync(above, context.RequestAborted));
    }
    else
    {
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    log.Add(context, response.Content.Headers.ContentLength ?? 0, firstByte, TimeProvider.System.GetElapsedTime(started));
});
await app.RunAsync();
return 0;
