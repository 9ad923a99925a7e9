namespace EvenKeel.Gateway.Tcp;

/// <summary>Is told, on the loop's thread, of each relayed connection that is over. Must return quickly and not throw.</summary>
public interface ITcpObserver
{
    /// <summary>A connection is over. Sources that are not trusted are counted, and not told of.</summary>
    void OnRelay(in TcpRecord relay);
}
