using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Cli.Commands;

/// <summary>The flags of <c>load</c>, which go before the file.</summary>
internal sealed record LoadFlags(double? Rate, int? Users, string Duration, IReadOnlyList<string> Thresholds)
{
    private const double DefaultRate = 50;

    /// <summary>The one stage that the flags describe.</summary>
    /// <exception cref="CommandException">They contradict each other, or one is no quantity.</exception>
    public IReadOnlyList<LoadStageOptions> Stages()
    {
        if (Rate is not null && Users is not null)
        {
            throw new CommandException(
                ExitCode.Usage, "EK1002", "--rate and --users are two models", "give --rate for an open load or --users for a closed one");
        }

        if (Rate is <= 0 or > 1_000_000 || Users is <= 0 or > 100_000)
        {
            throw new CommandException(ExitCode.Usage, "EK1002", "--rate and --users must be above 0", "give at most 1000000/s, or 100000 users");
        }

        if (!DurationText.TryParse(Duration, out var length, out var suggestion))
        {
            throw new CommandException(ExitCode.Usage, "EK1002", $"--duration '{Duration}' is no duration", $"did you mean {suggestion ?? "30s"}?");
        }

        return [new LoadStageOptions { Duration = length, Rate = Users is null ? Rate ?? DefaultRate : null, Users = Users, Step = true }];
    }

    /// <summary>A load with what the flags change of it.</summary>
    /// <exception cref="CommandException">A threshold is no rule.</exception>
    public LoadOptions Over(LoadOptions load)
    {
        foreach (var rule in Thresholds)
        {
            if (!Threshold.TryParse(rule, out _, out var problem))
            {
                throw new CommandException(ExitCode.Usage, "EK1002", $"--threshold '{rule}': {problem}", "for example --threshold 'p99<50ms'");
            }
        }

        return load with
        {
            Stages = Rate is null && Users is null ? load.Stages : Stages(),
            Thresholds = [.. load.Thresholds, .. Thresholds],
        };
    }
}
