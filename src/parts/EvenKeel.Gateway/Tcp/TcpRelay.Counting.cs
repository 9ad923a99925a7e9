namespace EvenKeel.Gateway.Tcp;

// What is counted by listener and service. Bytes are noted once a second and at the end, so that passing them on costs nothing more.
internal sealed partial class TcpRelay
{
    private TcpCounters? _series;
    private long _notedClient;
    private long _notedEndpoint;

    /// <summary>Adds the bytes that came since to what is counted.</summary>
    public void NoteBytes()
    {
        long client = Client.Received;
        long endpoint = _upstream?.Received ?? _notedEndpoint;
        _series!.ClientBytes += client - _notedClient;
        _series.EndpointBytes += endpoint - _notedEndpoint;
        (_notedClient, _notedEndpoint) = (client, endpoint);
    }

    private void CountIn(TcpCounters[] series)
    {
        if (_series is not null)
        {
            _series.Active--;
        }

        _series = series[_loop.Events.Index];
        _series.Active++;
    }

    private void CountOut()
    {
        NoteBytes();
        _series!.Active--;
        _series.Add(_outcome);
    }
}
