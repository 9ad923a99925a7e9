using System.Net;
using EvenKeel.State.Options;
using Metering.Bugs;

namespace Metering.Hosting;

/// <summary>What the environment says.</summary>
internal sealed record MeteringSettings
{
    /// <summary>The address to listen on: <c>METERING_LISTEN</c>. 0.0.0.0 is every address of the machine, as a container needs it.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on: <c>PORT</c>. 0 for a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Where the database is, as a connection string of Npgsql: <c>METERING_DATABASE</c>.</summary>
    public required string Database { get; init; }

    /// <summary>Where Redis is, or null for none: <c>METERING_REDIS</c>.</summary>
    public StateClientOptions? Redis { get; init; }

    /// <summary>How failures of the database are met: <c>METERING_PROFILES</c>, or <c>SPRING_PROFILES_ACTIVE</c>.</summary>
    public Profiles Profiles { get; init; }

    /// <summary>The length of a window: <c>METERING_WINDOW</c>, 1 s to 1 day in whole seconds.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a window waits for events that are under way: <c>METERING_GRACE</c>, 0 to 1 hour.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the claim of a window lasts whose closer has died: <c>METERING_CLAIM</c>, 1 s to 1 hour.</summary>
    public TimeSpan Claim { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a window is left to another closer before it is closed without the lock: <c>METERING_LOCK_WAIT</c>, 0 to 1 hour.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The lease of a lock on Redis: <c>METERING_LOCK_LEASE</c>, 1 s to 1 hour.</summary>
    public TimeSpan LockLease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Events that may wait to be stored: <c>METERING_QUEUE</c>, 5,000, which is one batch, to 1,000,000.</summary>
    public int Queue { get; init; } = 20_000;

    /// <summary>Transactions that store events at a time: <c>METERING_WRITERS</c>, 1 to 64.</summary>
    public int Writers { get; init; } = 4;

    /// <summary>Whether to make the demonstration's tenants, customers and keys: <c>METERING_SEED</c> is <c>demo</c>.</summary>
    public bool Demo { get; init; }

    /// <summary>The fault to plant: <c>METERING_BUG</c>.</summary>
    public BugKind Bug { get; init; }

    /// <summary>What this instance is called: <c>METERING_INSTANCE</c>, or <c>EVENKEEL_INSTANCE</c>.</summary>
    public string Instance { get; init; } = "metering";

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">The value of a variable, or null.</param>
    /// <exception cref="FormatException">One of them is missing or cannot be meant so; the message names it and what it may be.</exception>
    public static MeteringSettings Read(Func<string, string?> variable)
    {
        string profiles = SettingReader.Text(variable, "METERING_PROFILES") is not null ? "METERING_PROFILES" : "SPRING_PROFILES_ACTIVE";
        return new MeteringSettings
        {
            Listen = SettingReader.Address(variable, "METERING_LISTEN", IPAddress.Loopback),
            Port = SettingReader.Number(variable, "PORT", 8080, 0, 65535),
            Database = DatabaseAddress.Read(variable),
            Redis = SettingReader.Redis(variable, "METERING_REDIS"),
            Profiles = SettingReader.Profiles(profiles, SettingReader.Text(variable, profiles)),
            Window = SettingReader.Duration(variable, "METERING_WINDOW", "30s", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            Grace = SettingReader.Duration(variable, "METERING_GRACE", "5s", TimeSpan.Zero, TimeSpan.FromHours(1)),
            Claim = SettingReader.Duration(variable, "METERING_CLAIM", "10s", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            LockWait = SettingReader.Duration(variable, "METERING_LOCK_WAIT", "30s", TimeSpan.Zero, TimeSpan.FromHours(1)),
            LockLease = SettingReader.Duration(variable, "METERING_LOCK_LEASE", "60s", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Queue = SettingReader.Number(variable, "METERING_QUEUE", 20_000, 5000, 1_000_000),
            Writers = SettingReader.Number(variable, "METERING_WRITERS", 4, 1, 64),
            Demo = SettingReader.Demo(variable, "METERING_SEED"),
            Bug = SettingReader.Bug(variable, "METERING_BUG"),
            Instance = SettingReader.Text(variable, "METERING_INSTANCE") ?? SettingReader.Text(variable, "EVENKEEL_INSTANCE")
                ?? $"{Environment.MachineName}-{Environment.ProcessId}",
        };
    }
}
