using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EvenKeel.State.Options;
using Metering.Bugs;

namespace Metering.Hosting;

/// <summary>Reads one variable each. An empty one counts as not set.</summary>
internal static class SettingReader
{
    private static readonly Dictionary<string, BugKind> Bugs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = BugKind.None,
        ["no-fence"] = BugKind.NoFence,
        ["mark-once"] = BugKind.MarkOnce,
        ["counters"] = BugKind.Counters,
        ["inclusive"] = BugKind.Inclusive,
        ["cursor"] = BugKind.Cursor,
    };

    public static string? Text(Func<string, string?> variable, string name) =>
        variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    public static int Number(Func<string, string?> variable, string name, int otherwise, int least, int most) =>
        Text(variable, name) is not { } value ? otherwise
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number
        : throw new FormatException($"{name} is '{value}': it has to be a number from {least} to {most}.");

    /// <summary>
    /// Reads an address of IPv4 or IPv6, not a name: a name may stand for several. A short form of IPv4 such as <c>0</c> or <c>127.1</c> is
    /// refused, because it is as likely a port or a slip.
    /// </summary>
    public static IPAddress Address(Func<string, string?> variable, string name, IPAddress otherwise) =>
        Text(variable, name) is not { } value ? otherwise
        : IPAddress.TryParse(value, out IPAddress? address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 ? value[0] != '[' : address.ToString() == value)
            ? address
        : throw new FormatException(
            $"{name} is '{value}': it has to be an address of this machine without a port, such as 127.0.0.1, or 0.0.0.0 for all of them.");

    /// <summary>Reads whole seconds, written as <c>30s</c>, <c>5m</c>, <c>1h</c> or <c>1d</c>.</summary>
    public static TimeSpan Duration(Func<string, string?> variable, string name, string otherwise, TimeSpan least, TimeSpan most)
    {
        string value = Text(variable, name) ?? otherwise;
        int unit = value[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        return unit > 0
            && int.TryParse(value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && TimeSpan.FromSeconds((long)number * unit) is var duration
            && duration >= least
            && duration <= most
            ? duration
            : throw new FormatException(
                $"{name} is '{value}': it has to be {least.TotalSeconds:0} s to {most.TotalSeconds:0} s, written as 30s, 5m, 1h or 1d.");
    }

    public static StateClientOptions? Redis(Func<string, string?> variable, string name)
    {
        if (Text(variable, name) is not { } value)
        {
            return null;
        }

        try
        {
            return StateConnectionString.Parse(value);
        }
        catch (FormatException error)
        {
            throw new FormatException($"{name} does not say where Redis is: {error.Message} Leave it empty to run without Redis.", error);
        }
    }

    public static Profiles Profiles(string name, string? value)
    {
        Profiles profiles = Hosting.Profiles.None;
        foreach (string part in (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            profiles |= part switch
            {
                "k6" => Hosting.Profiles.K6,
                "k6-spike" => Hosting.Profiles.K6Spike,
                _ => throw new FormatException($"{name} has '{part}': there are k6 and k6-spike, separated by a comma."),
            };
        }

        return profiles;
    }

    public static bool Demo(Func<string, string?> variable, string name) => Text(variable, name) switch
    {
        null or "none" => false,
        "demo" => true,
        { } other => throw new FormatException($"{name} is '{other}': it has to be none or demo."),
    };

    public static BugKind Bug(Func<string, string?> variable, string name) =>
        Text(variable, name) is not { } value ? BugKind.None
        : Bugs.TryGetValue(value, out BugKind bug) ? bug
        : throw new FormatException($"{name} is '{value}': it has to be {string.Join(", ", Bugs.Keys.SkipLast(1))} or {Bugs.Keys.Last()}.");
}
