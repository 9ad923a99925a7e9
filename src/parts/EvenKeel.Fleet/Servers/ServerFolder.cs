using System.Security.Cryptography;
using System.Text;
using EvenKeel.Fleet.Processes.Native;

namespace EvenKeel.Fleet.Servers;

/// <summary>
/// The folder of a server. Its user must be able to enter each folder above it, which is not so below the home of root; then the folder is
/// made below <c>/var/lib/evenkeel</c>, in one whose name follows from the path where it should have been.
/// </summary>
internal static class ServerFolder
{
    private const string Elsewhere = "/var/lib/evenkeel";

    /// <summary>Makes the folder, or finds it.</summary>
    /// <returns>Its absolute path.</returns>
    public static string Make(ServerSite site, string service, ServerAccount account)
    {
        var wanted = Path.GetFullPath(site.Directory);
        Directory.CreateDirectory(wanted);
        var root = wanted;
        if (OperatingSystem.IsLinux() && account.Name is not null && Closed(wanted) is { } closed)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..16];
            root = Path.Combine(Elsewhere, hash);
            Directory.CreateDirectory(root);
            site.Tell($"the data of {service} is in {root}, because the user {account.Name} cannot enter {closed}");
        }

        var folder = Path.Combine(root, service);
        Directory.CreateDirectory(folder);
        Own(folder, account);
        return folder;
    }

    /// <summary>Gives a file or folder to the server's user, for nobody else to read.</summary>
    public static void Own(string path, ServerAccount account)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (Directory.Exists(path) ? UnixFileMode.UserExecute : UnixFileMode.None);
        File.SetUnixFileMode(path, mode);
        if (account.Name is not null && FileCalls.ChangeOwner(path, account.UserId, account.GroupId) != 0)
        {
            throw new IOException($"{path} could not be given to {account.Name}.");
        }
    }

    /// <summary>Writes a file that the server's user reads.</summary>
    public static void Write(string path, string text, ServerAccount account)
    {
        File.WriteAllText(path, text);
        Own(path, account);
    }

    // The first folder on the way that strangers cannot pass.
    private static string? Closed(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (!OperatingSystem.IsWindows() && !folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
