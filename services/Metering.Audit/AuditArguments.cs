using System.Globalization;

namespace Metering.Audit;

/// <summary>What the command line says.</summary>
internal sealed record AuditArguments
{
    public const string Usage =
        "usage: Metering.Audit --url URL --ledgers FOLDER|FILE --key TENANT=KEY [--key ...] [--instance URL ...] [--window SECONDS] [--wait SECONDS]; "
        + "EVENKEEL_GATEWAY and EVENKEEL_LEDGER, as a proof sets them, stand for the first two";

    public Uri? Url { get; private set; }

    public string? Ledgers { get; private set; }

    /// <summary>Keys by tenant.</summary>
    public Dictionary<string, string> Keys { get; } = new(StringComparer.Ordinal);

    public List<Uri> Instances { get; } = [];

    /// <summary>The length of a window.</summary>
    public TimeSpan Window { get; private set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the service may take to close the last windows.</summary>
    public TimeSpan Wait { get; private set; } = TimeSpan.FromSeconds(120);

    /// <summary>Reads a command line, and from the environment what it leaves out.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="variable">The value of a variable, or null.</param>
    /// <exception cref="AuditException">It cannot be meant so.</exception>
    public static AuditArguments Read(string[] words, Func<string, string?> variable)
    {
        var arguments = new AuditArguments
        {
            Url = variable("EVENKEEL_GATEWAY") is { Length: > 0 } gateway ? Address("EVENKEEL_GATEWAY", gateway) : null,
            Ledgers = variable("EVENKEEL_LEDGER") is { Length: > 0 } ledger ? ledger : null,
        };
        for (var i = 0; i < words.Length; i += 2)
        {
            var value = i + 1 < words.Length ? words[i + 1] : throw new AuditException($"{words[i]} has no value", Usage);
            switch (words[i])
            {
                case "--url":
                    arguments.Url = Address(words[i], value);
                    break;
                case "--ledgers":
                    arguments.Ledgers = value;
                    break;
                case "--key" when value.Split('=', 2) is [{ Length: > 0 } tenant, { Length: > 0 } key]:
                    arguments.Keys[tenant] = key;
                    break;
                case "--instance":
                    arguments.Instances.Add(Address(words[i], value));
                    break;
                case "--window":
                    arguments.Window = Seconds(words[i], value);
                    break;
                case "--wait":
                    arguments.Wait = Seconds(words[i], value);
                    break;
                default:
                    throw new AuditException($"'{words[i]} {value}' is not known", Usage);
            }
        }

        return arguments.Url is null || arguments.Ledgers is null || arguments.Keys.Count == 0
            ? throw new AuditException("--url, --ledgers and --key are needed", Usage)
            : arguments;
    }

    private static Uri Address(string name, string value) => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp
        ? address
        : throw new AuditException($"{name} '{value}' is no address", "write for example http://127.0.0.1:8080");

    private static TimeSpan Seconds(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 3600
            ? TimeSpan.FromSeconds(seconds)
            : throw new AuditException($"{name} '{value}' is no number of seconds", "give 1 to 3600");
}
