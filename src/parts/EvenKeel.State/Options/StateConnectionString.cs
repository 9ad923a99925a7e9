using System.Globalization;

namespace EvenKeel.State.Options;

/// <summary>
/// Reads the two spellings of a connection: <c>host:port[,option=value ...]</c> with the options user, password, db, name, protocol (2 or 3),
/// timeout and connectTimeout (as 500ms or 2s), and <c>redis://[user[:password]@]host[:port][/db]</c> with user parts percent-encoded.
/// </summary>
public static class StateConnectionString
{
    private const string Forms = "Write host:port[,option=value] or redis://[user:password@]host:port/db.";

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="FormatException">It is none; the message says why and never repeats a password.</exception>
    public static StateClientOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (trimmed.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException("rediss:// asks for TLS, which this client does not speak yet. Use redis:// within a trusted network.");
        }

        return trimmed.StartsWith("redis://", StringComparison.OrdinalIgnoreCase) ? ParseUrl(trimmed) : ParseList(trimmed);
    }

    private static StateClientOptions ParseUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Host.Length == 0)
        {
            throw new FormatException($"The state connection is not a valid redis:// address. {Forms}");
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw new FormatException("The state connection has a query or a fragment; options have a place only in the form host:port,option=value.");
        }

        string[] user = url.UserInfo.Split(':', 2);
        string path = url.AbsolutePath.Trim('/');
        return new StateClientOptions
        {
            Host = url.Host.Trim('[', ']'),
            Port = url.IsDefaultPort || url.Port <= 0 ? 6379 : url.Port,
            User = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = path.Length > 0 ? Number(path, "the path (database)", 0, int.MaxValue) : 0,
        };
    }

    private static StateClientOptions ParseList(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            throw new FormatException($"The state connection is empty. {Forms}");
        }

        StateClientOptions options = ParseAddress(parts[0]);
        foreach (string part in parts.Skip(1))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                throw new FormatException($"The state connection has a part without '=' after the address. {Forms}");
            }

            options = Apply(options, part[..equals].Trim(), part[(equals + 1)..].Trim());
        }

        return options;
    }

    private static StateClientOptions ParseAddress(string address)
    {
        int close = address.StartsWith('[') ? address.IndexOf(']', StringComparison.Ordinal) : -1;
        int colon = address.IndexOf(':', Math.Max(0, close));
        string host = close > 0 ? address[1..close] : colon < 0 ? address : address[..colon];
        if (host.Length == 0 || host.Contains('=', StringComparison.Ordinal) || (close < 0 && address.IndexOf(':', colon + 1) > colon && colon >= 0))
        {
            throw new FormatException($"The state connection does not begin with host:port (an IPv6 address stands in brackets). {Forms}");
        }

        return new StateClientOptions { Host = host, Port = colon < 0 ? 6379 : Number(address[(colon + 1)..], "the port", 1, 65535) };
    }

    private static StateClientOptions Apply(StateClientOptions options, string name, string value) => name.ToUpperInvariant() switch
    {
        "USER" => options with { User = value },
        "PASSWORD" => options with { Password = value },
        "DB" => options with { Database = Number(value, "db", 0, int.MaxValue) },
        "NAME" => options with { Name = value },
        "PROTOCOL" => options with { Protocol = Number(value, "protocol", 2, 3) },
        "TIMEOUT" => options with { OperationTimeout = Duration(value, name) },
        "CONNECTTIMEOUT" => options with { ConnectTimeout = Duration(value, name) },
        _ => throw new FormatException($"'{name}' is no option of a state connection. There are user, password, db, name, protocol, timeout and connectTimeout."),
    };

    private static int Number(string text, string what, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{text}' is not {what} of a state connection: a number from {least} to {most} is expected.");

    private static TimeSpan Duration(string text, string what)
    {
        int unit = text.EndsWith("ms", StringComparison.Ordinal) ? 1 : text.EndsWith('s') ? 1000 : 0;
        string digits = text.TrimEnd('m', 's');
        return unit != 0 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 3_600_000
            ? TimeSpan.FromMilliseconds((long)number * unit)
            : throw new FormatException($"'{text}' is not a duration for {what}: write 500ms or 2s.");
    }
}
