using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Guard;

/// <summary>A guardian process and the writing end of its pipe. Disposing closes the end, without <c>bye</c> unless that was written.</summary>
internal interface IGuardianLink : IDisposable
{
    /// <summary>The guardian.</summary>
    ISpawnedProcess Process { get; }

    /// <summary>Writes a line, whole and without waiting; false when the guardian does not read or is gone.</summary>
    bool TryWrite(string line);
}
