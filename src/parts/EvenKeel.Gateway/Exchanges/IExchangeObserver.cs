namespace EvenKeel.Gateway.Exchanges;

/// <summary>Is told of every exchange at its end, on the loop's thread: it must return quickly, not block and not throw.</summary>
public interface IExchangeObserver
{
    /// <summary>An exchange is over.</summary>
    void OnExchange(in ExchangeRecord exchange);
}
