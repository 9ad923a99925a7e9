using System.Net;
using Microsoft.AspNetCore.Http.Features;

// usage: Forwarder PORT BACKEND-PORT
// What one writes in an afternoon: Kestrel in front, HttpClient behind, X-Forwarded-For added, bodies streamed, no log.
if (args is not [var portText, var backendText])
{
    Console.Error.WriteLine("usage: Forwarder PORT BACKEND-PORT");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(portText)));
var app = builder.Build();
string[] hopByHop = ["Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"];
using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
var backend = $"http://127.0.0.1:{backendText}";

app.Run(async context =>
{
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
    using var response = await client.SendAsync(request, context.RequestAborted);
    context.Response.StatusCode = (int)response.StatusCode;
    foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
    {
        if (!hopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            context.Response.Headers[name] = values.ToArray();
        }
    }

    await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
});
await app.RunAsync();
return 0;
