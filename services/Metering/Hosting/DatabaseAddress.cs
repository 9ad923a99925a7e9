using System.Globalization;
using Npgsql;

namespace Metering.Hosting;

/// <summary>Reads <c>METERING_DATABASE</c>: a connection string of Npgsql, or <c>postgres://user:password@host:port/database</c>.</summary>
internal static class DatabaseAddress
{
    private const string Name = "METERING_DATABASE";
    private const string Forms = "Write Host=127.0.0.1;Port=5432;Username=...;Database=... or postgres://user:password@host:port/database.";

    /// <summary>Reads it. What it does not say is short, so that an instance notices within seconds that its database is gone.</summary>
    /// <exception cref="FormatException">It is missing or neither of the two; a password is never repeated.</exception>
    public static string Read(Func<string, string?> variable)
    {
        string text = SettingReader.Text(variable, Name)
            ?? throw new FormatException($"{Name} is not set: it has to say where PostgreSQL (15 or newer) is. {Forms}");
        try
        {
            bool isUrl = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);
            NpgsqlConnectionStringBuilder settings = isUrl ? FromUrl(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(settings.Host))
            {
                throw new ArgumentException("it names no host");
            }

            Default(settings, "Timeout", 3);
            Default(settings, "Command Timeout", 10);
            Default(settings, "Cancellation Timeout", 500);
            Default(settings, "Maximum Pool Size", 40);
            Default(settings, "Application Name", "metering");
            Default(settings, "Max Auto Prepare", 30);
            return settings.ConnectionString;
        }
        catch (Exception error) when (error is ArgumentException or UriFormatException or KeyNotFoundException)
        {
            throw new FormatException($"{Name} does not say where PostgreSQL is ({error.Message}). {Forms}", error);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(Uri url)
    {
        if (url.Query.Length > 0)
        {
            throw new ArgumentException("an address with options after '?' is not read");
        }

        string[] user = url.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder { Host = url.Host.Trim('[', ']'), Port = url.Port > 0 ? url.Port : 5432 };
        settings.Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null;
        settings.Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null;
        settings.Database = url.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(url.AbsolutePath[1..]) : null;
        return settings;
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string name, int value) =>
        Default(settings, name, value.ToString(CultureInfo.InvariantCulture));

    private static void Default(NpgsqlConnectionStringBuilder settings, string name, string value)
    {
        if (!settings.ShouldSerialize(name))
        {
            settings[name] = value;
        }
    }
}
