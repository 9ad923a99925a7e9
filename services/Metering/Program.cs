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
catch (IOException error)
{
    await Console.Error.WriteLineAsync(
        $"metering: cannot listen on 127.0.0.1:{settings.Port}: {error.Message} Set PORT to another port, or 0 for a free one.");
    return 1;
}

MeteringLog.Started(
    app.Logger, settings.Instance, string.Join(' ', app.Urls), settings.Redis?.Address ?? "off", settings.Profiles.ToString(), settings.Bug.ToString());
await app.WaitForShutdownAsync();
return 0;
