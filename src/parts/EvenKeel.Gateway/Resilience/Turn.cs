using EvenKeel.Gateway.Exchanges;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway.Resilience;

/// <summary>An exchange's place in a service's queue. Made only for requests that have to wait.</summary>
internal sealed class Turn
{
    /// <summary>Makes a place that is in no queue yet.</summary>
    public Turn(Bulkhead bulkhead, Exchange exchange, EventLoop loop)
    {
        Bulkhead = bulkhead;
        Exchange = exchange;
        Loop = loop;
        Node = new LinkedListNode<Turn>(this);
    }

    /// <summary>Whose queue it is.</summary>
    public Bulkhead Bulkhead { get; }

    /// <summary>Who waits; null once it does not any more. Read and written on its loop only.</summary>
    public Exchange? Exchange { get; set; }

    /// <summary>The loop of the exchange.</summary>
    public EventLoop Loop { get; }

    /// <summary>Its node, so that waiting again allocates nothing.</summary>
    public LinkedListNode<Turn> Node { get; }

    /// <summary>When it came, as a number that grows.</summary>
    public long Number { get; set; }
}
