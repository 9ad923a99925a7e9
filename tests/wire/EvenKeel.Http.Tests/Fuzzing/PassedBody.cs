using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Tests.Fuzzing;

/// <summary>What became of a body.</summary>
/// <param name="Output">What is sent on, in Latin-1.</param>
/// <param name="IsComplete">True when its end arrived.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Consumed">The bytes that belonged to it.</param>
internal sealed record PassedBody(string Output, bool IsComplete, HttpFault Fault, int Consumed)
{
    /// <summary>In a word.</summary>
    public string State => IsComplete ? "whole" : Fault == HttpFault.None ? "unfinished" : Fault.ToString();
}
