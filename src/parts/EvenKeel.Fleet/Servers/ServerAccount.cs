using System.Globalization;

namespace EvenKeel.Fleet.Servers;

/// <summary>
/// Whom a server runs as. A supervisor that is root starts servers as the user that their package made, or as nobody: PostgreSQL refuses
/// root, and no server needs it. Any other supervisor starts them as itself.
/// </summary>
/// <param name="Name">The user's name, or null for the supervisor's own.</param>
/// <param name="UserId">The number of the user.</param>
/// <param name="GroupId">The number of the user's group.</param>
internal sealed record ServerAccount(string? Name, int UserId, int GroupId)
{
    private const string Nobody = "nobody";

    /// <summary>The account for a program's user.</summary>
    /// <exception cref="ServerUnavailableException">This is root on a system that has neither the user nor nobody.</exception>
    public static ServerAccount For(string user)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(null, 0, 0);
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var found = users.Find(fields => fields[0] == user) ?? users.Find(fields => fields[0] == Nobody)
            ?? throw new ServerUnavailableException($"there is neither a user '{user}' nor '{Nobody}' to start a server as", $"useradd --system {user}");
        return new ServerAccount(found[0], int.Parse(found[2], CultureInfo.InvariantCulture), int.Parse(found[3], CultureInfo.InvariantCulture));
    }

    /// <summary>The command that runs another one as this user.</summary>
    public IReadOnlyList<string> Run(IReadOnlyList<string> command) => Name is null
        ? command
        : [
            "setpriv",
            string.Create(CultureInfo.InvariantCulture, $"--reuid={UserId}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={GroupId}"),
            "--clear-groups",
            "--",
            .. command,
        ];
}
