using EvenKeel.Gateway.Problems;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>
/// What a line says in numbers; in an <see cref="AccessRing"/> the texts follow it in the order of their lengths. Times are timestamps of the
/// gateway's clock, 0 for a stage that was not reached.
/// </summary>
internal struct AccessRecord
{
    /// <summary>The status that the client was sent; 0 when none was.</summary>
    public int Status;

    /// <summary>How it ended.</summary>
    public Termination Termination;

    /// <summary>Why the gateway itself answered, when it did.</summary>
    public ProblemCode Problem;

    /// <summary>Endpoints that were tried.</summary>
    public int Attempts;

    /// <summary>Bytes of the request's content.</summary>
    public long RequestBytes;

    /// <summary>Bytes of the response's content.</summary>
    public long ResponseBytes;

    /// <summary>When the request's head was complete.</summary>
    public long Started;

    /// <summary>When the endpoint was chosen that was tried last.</summary>
    public long Attempted;

    /// <summary>When its connection was there.</summary>
    public long Connected;

    /// <summary>When the first byte of its response arrived.</summary>
    public long FirstByte;

    /// <summary>When the exchange ended.</summary>
    public long Ended;

    /// <summary>The trace, or 0.</summary>
    public UInt128 TraceId;

    /// <summary>The operation that this exchange is in the trace.</summary>
    public ulong SpanId;

    /// <summary>The length of the client's address.</summary>
    public ushort Client;

    /// <summary>The length of the method; 0 when the request was not understood.</summary>
    public ushort Method;

    /// <summary>The length of the host; 0 when there was none.</summary>
    public ushort Host;

    /// <summary>The length of the path with its query; 0 when the request was not understood.</summary>
    public ushort Path;

    /// <summary>The length of the members that name route, service and endpoint, which are JSON already.</summary>
    public ushort Names;

    /// <summary>The host was longer.</summary>
    public bool HostIsCut;

    /// <summary>The path was longer.</summary>
    public bool PathIsCut;

    /// <summary>The length of all texts.</summary>
    public readonly int TextLength => Client + Method + Host + Path + Names;
}
