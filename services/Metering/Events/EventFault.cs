namespace Metering.Events;

/// <summary>What is wrong with a field.</summary>
/// <param name="Field">The name of the field as JSON has it; <c>$</c> for the whole event.</param>
/// <param name="Message">What it has to be.</param>
internal readonly record struct EventFault(string Field, string Message);
