using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;
using EvenKeel.Http.Tracing;

namespace EvenKeel.Gateway.Exchanges;

// The trace of the request (W3C Trace Context): the client's goes on with a parent id of this exchange, whatever is not valid starts anew.
internal sealed partial class Exchange
{
    private TraceParent _trace;
    private bool _continuesTrace;

    private void NoteTrace(RequestHead head, ReadOnlySpan<byte> headBytes)
    {
        _trace = default;
        _continuesTrace = false;
        if (Snapshot.Options.ContinuesTraces)
        {
            _continuesTrace = TraceFields.TryRead(head, headBytes, out var parent);
            _trace = _continuesTrace ? parent with { ParentId = loop.TraceIds.NewParent() } : loop.TraceIds.NewTrace();
        }
    }

    // A route that sets or removes the field has the last word.
    private bool WriteTrace(ref ByteWriter writer)
    {
        if (_trace.TraceId == 0 || _rule!.RequestChanges?.Dropped.Contains(TraceFields.ParentName) == true)
        {
            return false;
        }

        writer.Write(TraceFields.ParentName);
        writer.Write(": "u8);
        _trace.Write(ref writer);
        writer.Write("\r\n"u8);
        return true;
    }
}
