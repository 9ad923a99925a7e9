namespace EvenKeel.Configuration.Interpolation;

/// <summary>One thing wrong with the variables of a value.</summary>
/// <param name="Code">A diagnostic code.</param>
/// <param name="Dollar">Which dollar sign of the value it begins at, counted from 0.</param>
/// <param name="Length">How many characters it covers.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Label">Words beside the mark.</param>
/// <param name="Help">What to do.</param>
internal sealed record InterpolationFault(string Code, int Dollar, int Length, string Message, string? Label, string? Help);
