using System.Net;
using System.Net.Sockets;
using Metering.Hosting;

MeteringSettings settings;
try
{
    settings = MeteringSettings.Read(Environment.GetEnvironmentVariable);
}
catch (FormatException error)
{
    await Console.Error.WriteLineAsync($"metering: {error.Message}");
    return 2;
}

await using WebApplication app = MeteringHost.Build(settings, TimeProvider.System);
try
{
    await app.StartAsync();
}
catch (Exception error) when (error is IOException or SocketException)
{
    // A port that is taken is the former, an address that is not of this machine and a port that needs rights are the latter.
    await Console.Error.WriteLineAsync(
        $"metering: cannot listen on {new IPEndPoint(settings.Listen, settings.Port)}: {error.Message.TrimEnd('.')}. Set PORT to another port, "
        + "or 0 for a free one, and METERING_LISTEN to an address of this machine.");
    return 1;
}

MeteringLog.Started(
    app.Logger, settings.Instance, string.Join(' ', app.Urls), settings.Redis?.Address ?? "off", settings.Profiles.ToString(), settings.Bug.ToString());
await app.WaitForShutdownAsync();
return 0;
