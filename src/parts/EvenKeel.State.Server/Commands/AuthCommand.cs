namespace EvenKeel.State.Server.Commands;

/// <summary>AUTH [user] password: there are no passwords, and a client that believes in one is told so.</summary>
internal static class AuthCommand
{
    public static void Run(CommandContext context) => context.Output.WriteError(context.Count > 3
        ? Errors.Syntax
        : context.Count == 2
            ? "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?"
            : "WRONGPASS invalid username-password pair or user is disabled.");
}
