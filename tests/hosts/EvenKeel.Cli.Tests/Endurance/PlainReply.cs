namespace EvenKeel.Cli.Tests.Endurance;

/// <summary>A response as it arrived.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Instance">Who answered; null when it was the gateway itself.</param>
/// <param name="Length">Its Content-Length.</param>
/// <param name="Body">Its body.</param>
internal sealed record PlainReply(int Status, string? Instance, int Length, string Body);
