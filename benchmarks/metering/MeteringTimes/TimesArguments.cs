using System.Globalization;

namespace MeteringTimes;

/// <summary>What `run` says, in its order.</summary>
internal sealed class TimesArguments
{
    private TimesArguments(string[] words)
    {
        Folder = words[0];
        Root = words[1];
        Version = words[2];
        IsFull = words[3] == "full";
        Only = words[4];
        Postgres = words[5];
        PostgresId = int.Parse(words[6], CultureInfo.InvariantCulture);
        TicksPerSecond = int.Parse(words[7], CultureInfo.InvariantCulture);
        Redis = words[8];
        Nginx = words[9];
    }

    /// <summary>An empty folder.</summary>
    public string Folder { get; }

    /// <summary>The repository.</summary>
    public string Root { get; }

    public string Version { get; }

    public bool IsFull { get; }

    /// <summary>The workload to measure, or `all`.</summary>
    public string Only { get; }

    /// <summary>The beginning of a connection string.</summary>
    public string Postgres { get; }

    public int PostgresId { get; }

    public int TicksPerSecond { get; }

    /// <summary>host:port, or empty.</summary>
    public string Redis { get; }

    /// <summary>The program, or empty.</summary>
    public string Nginx { get; }

    public int Runs => IsFull ? 5 : 1;

    public TimeSpan Warm => TimeSpan.FromSeconds(IsFull ? 1 : 0.7);

    public TimeSpan Length => TimeSpan.FromSeconds(IsFull ? 4 : 1.5);

    /// <summary>Reads the words; null when there are too few.</summary>
    public static TimesArguments? Read(string[] words) => words.Length == 10 ? new TimesArguments(words) : null;
}
