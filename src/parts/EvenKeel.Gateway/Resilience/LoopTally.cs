using System.Runtime.InteropServices;

namespace EvenKeel.Gateway.Resilience;

/// <summary>What one loop counts of a service, alone on its cache lines. Only the loop writes; others read values that may be a moment old.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct LoopTally
{
    /// <summary>Requests of clients.</summary>
    [FieldOffset(128)]
    public long Requests;

    /// <summary>Requests that came back well.</summary>
    [FieldOffset(136)]
    public long Succeeded;
}
