using System.Text.Json;
using Metering.Audit;

// Exit codes as those of a proof: 0 pass, 10 violation, 11 inconclusive; 2 for a command line that cannot be meant, 4 when nothing answers.
try
{
    return await new AuditRun(AuditArguments.Read(args, Environment.GetEnvironmentVariable), Console.Out, TimeProvider.System).RunAsync(CancellationToken.None);
}
catch (AuditException problem)
{
    await Console.Error.WriteLineAsync($"audit: {problem.Message}\nhelp: {problem.Help}");
    return 2;
}
catch (Exception error) when (error is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
{
    await Console.Error.WriteLineAsync($"audit: the service did not answer as it should: {error.Message}\nhelp: is the stack up? make start-multi");
    return 4;
}
