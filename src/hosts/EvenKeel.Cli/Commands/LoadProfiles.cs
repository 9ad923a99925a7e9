using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Cli.Commands;

/// <summary>Takes one of a load's profiles.</summary>
internal static class LoadProfiles
{
    /// <summary>The load with the stages and thresholds of a profile, or as it is without one.</summary>
    /// <param name="load">The load of the file.</param>
    /// <param name="name">The profile, or null.</param>
    /// <param name="flags">What the flags say; they can give stages to a load that has profiles only.</param>
    /// <exception cref="CommandException">There is no such profile, or none was named and the load has nothing else.</exception>
    public static LoadOptions Choose(LoadOptions load, string? name, LoadFlags flags)
    {
        var known = load.Profiles.Count == 0 ? "the file has no profiles" : $"the file has: {string.Join(", ", load.Profiles.Keys)}";
        if (name is null)
        {
            return load.Stages.Count > 0 || flags.Rate is not null || flags.Users is not null
                ? load
                : throw new CommandException(ExitCode.Usage, "EK1002", "the load has profiles, and none was named", $"give one with --profile; {known}");
        }

        return load.Profiles.TryGetValue(name, out var profile)
            ? load with { Stages = profile.Stages, Thresholds = profile.Thresholds }
            : throw new CommandException(ExitCode.Usage, "EK1002", $"there is no profile '{name}'", known);
    }
}
