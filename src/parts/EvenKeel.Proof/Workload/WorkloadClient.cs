using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Exchanges;

namespace EvenKeel.Proof.Workload;

/// <summary>Sends the operations of a workload to one address and tells what each showed. Safe for many sessions at a time.</summary>
internal sealed class WorkloadClient
{
    private readonly RequestTemplate _add;
    private readonly RequestTemplate _list;
    private readonly RequestTemplate? _get;
    private readonly RequestTemplate? _remove;
    private readonly ElementReader _reader;
    private readonly ElementNames _names;
    private readonly bool _valuesCompared;
    private readonly TimeSpan _timeout;
    private readonly RunClock _clock;

    public WorkloadClient(WorkloadOptions options, TimeSpan timeout, ElementNames names, RunClock clock)
    {
        _add = new RequestTemplate(options.Add);
        _list = new RequestTemplate(options.List);
        _get = options.Get is null ? null : new RequestTemplate(options.Get);
        _remove = options.Remove is null ? null : new RequestTemplate(options.Remove);
        _reader = new ElementReader(options);
        _valuesCompared = options.ItemValue is not null;
        _names = names;
        _timeout = timeout;
        _clock = clock;
    }

    /// <summary>True when single elements can be read.</summary>
    public bool HasGet => _get is not null;

    /// <summary>True when elements can be removed.</summary>
    public bool HasRemove => _remove is not null;

    public async Task<WorkloadReply> AddAsync(HttpDriver http, WorkloadCall call, CancellationToken cancellationToken)
    {
        var name = _names.Next();
        var request = _add.Fill(name);
        var exchange = await http.SendAsync(request, _timeout, cancellationToken).ConfigureAwait(false);
        var id = _reader.ServiceChoosesId ? null : name.Id;
        var problem = "";
        if (IsOk(exchange) && _reader.ServiceChoosesId && !_reader.TryReadAddedId(exchange.Body, out id, out problem))
        {
            problem = $"{_add.Shown}: {problem}";
        }

        return Conclude(call with { Kind = OperationKind.Add, Id = id, Value = _valuesCompared ? name.Value : null }, request, exchange, problem, null);
    }

    public async Task<WorkloadReply> ListAsync(HttpDriver http, WorkloadCall call, CancellationToken cancellationToken)
    {
        var request = _list.Fill(_names.Next());
        var exchange = await http.SendAsync(request, _timeout, cancellationToken).ConfigureAwait(false);
        List<Element>? shown = null;
        var problem = "";
        if (IsOk(exchange) && !_reader.TryReadList(exchange.Body, out shown, out problem))
        {
            (shown, problem) = (null, $"{_list.Shown}: {problem}");
        }

        return Conclude(call with { Kind = OperationKind.List }, request, exchange, problem, shown);
    }

    public async Task<WorkloadReply> GetAsync(HttpDriver http, WorkloadCall call, CancellationToken cancellationToken)
    {
        var request = _get!.Fill(_names.Next() with { Id = call.Id!, Value = call.Value ?? "" });
        var exchange = await http.SendAsync(request, _timeout, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Element>? shown = null;
        var problem = "";
        if (exchange is { Failure: ExchangeFailure.None, Status: 404 })
        {
            shown = [];
        }
        else if (IsOk(exchange))
        {
            shown = _reader.TryReadOne(exchange.Body, out var element, out problem) ? [element] : null;
            problem = shown is null ? $"{_get.Shown}: {problem}" : "";
        }

        return Conclude(call with { Kind = OperationKind.Get }, request, exchange, problem, shown);
    }

    public async Task<WorkloadReply> RemoveAsync(HttpDriver http, WorkloadCall call, CancellationToken cancellationToken)
    {
        var request = _remove!.Fill(_names.Next() with { Id = call.Id!, Value = call.Value ?? "" });
        var exchange = await http.SendAsync(request, _timeout, cancellationToken).ConfigureAwait(false);
        return Conclude(call with { Kind = OperationKind.Remove }, request, exchange, "", null);
    }

    /// <summary>What a transport knows of an exchange, in the words of the outcome rules.</summary>
    public static Reply ToReply(PreparedRequest request, Exchange exchange, bool unreadable) => new()
    {
        Status = exchange.Status,
        Failure = exchange.Failure switch
        {
            ExchangeFailure.None => TransportFailure.None,
            ExchangeFailure.Refused => TransportFailure.NotConnected,
            ExchangeFailure.Timeout => TransportFailure.TimedOut,
            _ => TransportFailure.Broken,
        },
        NeverForwarded = GatewayErrors.NeverForwarded(request, exchange),
        Unreadable = unreadable,
    };

    private static bool IsOk(Exchange exchange) => exchange is { Failure: ExchangeFailure.None, Status: >= 200 and < 300 };

    private WorkloadReply Conclude(WorkloadCall call, PreparedRequest request, Exchange exchange, string problem, IReadOnlyList<Element>? shown)
    {
        var (outcome, reason) = OutcomeRules.Judge(call.Kind, ToReply(request, exchange, problem.Length > 0));
        var operation = new Operation
        {
            Index = 0,
            Session = call.Session,
            Kind = call.Kind,
            Phase = call.Phase,
            ElementId = call.Id,
            Value = call.Value,
            Intended = call.Intended,
            Sent = _clock.At(exchange.SentAt),
            End = _clock.At(exchange.EndedAt),
            Outcome = outcome,
            Reason = outcome == OperationOutcome.Ok ? null : exchange.Failure == ExchangeFailure.Cancelled ? Operation.GivenUp : reason,
            Status = exchange.Status,
            Instance = call.Direct ?? exchange.Instance,
            Direct = call.Direct is not null,
        };
        return new WorkloadReply(operation, outcome == OperationOutcome.Ok ? shown : null, problem);
    }
}
