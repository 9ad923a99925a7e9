using System.Globalization;

namespace EvenKeel.Fleet.Instances;

/// <summary>Makes the command line of an instance.</summary>
internal static class InstanceCommand
{
    private const string PortPlace = "{port}";

    /// <summary>
    /// The service's command with the port in the place of <c>{port}</c>, for programs that do not read <c>PORT</c>. The program itself is taken
    /// as it is: only arguments have places. Other braces stay; a literal <c>{port}</c> cannot be passed.
    /// </summary>
    /// <param name="command">The program, then its arguments.</param>
    /// <param name="port">The port the instance must listen on.</param>
    public static IReadOnlyList<string> Make(IReadOnlyList<string> command, int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        return [.. command.Take(1), .. command.Skip(1).Select(argument => argument.Replace(PortPlace, text, StringComparison.Ordinal))];
    }
}
