using System.Globalization;
using Npgsql;

namespace Albums.Stores;

/// <summary>Reads <c>postgres://user:password@host:port/database?option=value</c> or a connection string of Npgsql.</summary>
internal static class PostgresAddress
{
    /// <summary>Reads an address. What it does not say is short: an instance answers 503 within about two seconds of losing its database.</summary>
    /// <exception cref="FormatException">It is neither of the two.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            bool isUrl = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);
            NpgsqlConnectionStringBuilder settings = isUrl ? ParseUrl(text) : new NpgsqlConnectionStringBuilder(text);
            Default(settings, "Timeout", 2);
            Default(settings, "Command Timeout", 2);
            Default(settings, "Cancellation Timeout", 500);
            Default(settings, "Maximum Pool Size", 20);
            Default(settings, "Application Name", "albums");
            return settings;
        }
        catch (Exception error) when (error is ArgumentException or UriFormatException or KeyNotFoundException)
        {
            throw new FormatException(
                $"The PostgreSQL address is not valid ({error.Message}). Write postgres://user:password@host:port/database or Host=...;Username=...", error);
        }
    }

    private static NpgsqlConnectionStringBuilder ParseUrl(string text)
    {
        var url = new Uri(text);
        if (url.Host.Length == 0)
        {
            throw new ArgumentException("it names no host");
        }

        string[] user = url.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder { Host = url.Host.Trim('[', ']'), Port = url.Port > 0 ? url.Port : 5432 };
        if (user[0].Length > 0)
        {
            settings.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            settings.Password = Uri.UnescapeDataString(user[1]);
        }

        if (url.AbsolutePath.Length > 1)
        {
            settings.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        }

        foreach (string option in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = option.Split('=', 2);
            string name = Uri.UnescapeDataString(pair[0]) switch
            {
                "sslmode" => "SSL Mode",
                "application_name" => "Application Name",
                "connect_timeout" => "Timeout",
                string other => other,
            };
            settings[name] = pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "";
        }

        return settings;
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string name, object value)
    {
        if (!settings.ShouldSerialize(name))
        {
            settings[name] = Convert.ToString(value, CultureInfo.InvariantCulture);
        }
    }
}
