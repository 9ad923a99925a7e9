namespace EvenKeel.State.Server.Commands;

/// <summary>One row of the table of commands.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Arity">The number of arguments with the name; negative for at least that many.</param>
/// <param name="Traits">What it does.</param>
/// <param name="FirstKey">The position of the first key; 0 for none.</param>
/// <param name="LastKey">The position of the last key; -1 for the last argument.</param>
/// <param name="Run">Executes it and writes one reply.</param>
internal sealed record Command(string Name, int Arity, CommandTraits Traits, int FirstKey, int LastKey, Action<CommandContext> Run)
{
    /// <summary>True when a request of so many arguments can be meant.</summary>
    public bool Takes(int arguments) => Arity >= 0 ? arguments == Arity : arguments >= -Arity;
}
