using System.Globalization;
using Albums.Bugs;

namespace Albums.Hosting;

/// <summary>What the environment says.</summary>
internal sealed record AlbumsSettings(int Port, StoreKind Store, string? Postgres, string? State, BugKind Bug, int BugSeed)
{
    /// <summary>Reads the variables.</summary>
    /// <param name="variable">The value of a variable, or null.</param>
    /// <exception cref="FormatException">One of them cannot be meant so; the message names it and what it may be.</exception>
    public static AlbumsSettings Read(Func<string, string?> variable)
    {
        string portName = variable("PORT") is not null ? "PORT" : "ASPNETCORE_HTTP_PORTS";
        var settings = new AlbumsSettings(
            Number(portName, variable(portName), 8080, 65535),
            Choice<StoreKind>("ALBUMS_STORE", variable("ALBUMS_STORE"), "memory, postgres or state"),
            variable("ALBUMS_POSTGRES"),
            variable("ALBUMS_STATE") ?? variable("ConnectionStrings__EvenKeel"),
            Choice<BugKind>("ALBUMS_BUG", variable("ALBUMS_BUG"), "none, lose, duplicate or stale"),
            Number("ALBUMS_BUG_SEED", variable("ALBUMS_BUG_SEED"), 1, int.MaxValue));
        if (settings is { Store: StoreKind.Postgres, Postgres: null })
        {
            throw new FormatException(
                "ALBUMS_STORE is postgres, but ALBUMS_POSTGRES does not say where it is: set it to postgres://user:password@host:port/database.");
        }

        if (settings is { Store: StoreKind.State, State: null })
        {
            throw new FormatException(
                "ALBUMS_STORE is state, but neither ConnectionStrings__EvenKeel nor ALBUMS_STATE says where it is: set one to host:port or redis://host:port.");
        }

        return settings;
    }

    private static int Number(string name, string? value, int otherwise, int most) =>
        string.IsNullOrEmpty(value) ? otherwise
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most ? number
        : throw new FormatException($"{name} is '{value}': it has to be a number from 0 to {most}.");

    private static T Choice<T>(string name, string? value, string choices)
        where T : struct, Enum =>
        string.IsNullOrEmpty(value) ? default
        : char.IsAsciiLetter(value[0]) && Enum.TryParse(value, ignoreCase: true, out T choice) && Enum.IsDefined(choice) ? choice
        : throw new FormatException($"{name} is '{value}': it has to be {choices}.");
}
