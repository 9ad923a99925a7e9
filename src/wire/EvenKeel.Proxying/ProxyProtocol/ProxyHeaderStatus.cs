namespace EvenKeel.Proxying.ProxyProtocol;

/// <summary>What became of reading a PROXY header.</summary>
public enum ProxyHeaderStatus
{
    /// <summary>What has arrived can be the beginning of a header.</summary>
    Incomplete = 0,

    /// <summary>The header is complete and valid.</summary>
    Complete = 1,

    /// <summary>What has arrived cannot become a header: the connection has to be aborted.</summary>
    Invalid = 2,
}
