using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Exchanges;

// The exchange's line in the access log, when there is one.
internal sealed partial class Exchange
{
    private AccessRequest? _noted;
    private Termination _termination;

    private void NoteRequest(RequestHead head, ReadOnlySpan<byte> headBytes)
    {
        if (loop.AccessLog is not null)
        {
            (_noted ??= new AccessRequest()).Set(Client.Address, head, headBytes);
        }
    }

    private void LogAccess()
    {
        if (loop.AccessLog is not { } log)
        {
            return;
        }

        var record = new AccessRecord
        {
            Status = _status != 0 ? _status : _response.Status,
            Termination = _problem is null ? _termination : Termination.Problem,
            Problem = _problem.GetValueOrDefault(),
            Attempts = _attempts,
            RequestBytes = _request.Received,
            ResponseBytes = _response.Received,
            Started = _started,
            Attempted = _attempted,
            Connected = _connected,
            FirstByte = _firstByte,
            Ended = loop.Events.Timestamp,
            TraceId = _trace.TraceId,
            SpanId = _trace.ParentId,
        };
        log.Add(ref record, _noted!, _route is not null ? _route.AccessNames : _rule?.AccessNames, _pool?.Endpoint.AccessName);
    }
}
