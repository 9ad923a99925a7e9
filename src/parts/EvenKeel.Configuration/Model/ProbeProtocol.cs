namespace EvenKeel.Configuration.Model;

/// <summary>The language in which an instance is asked whether it can serve.</summary>
public enum ProbeProtocol
{
    /// <summary>HTTP when there is a path to ask for, else a connection.</summary>
    Http = 0,

    /// <summary>A session of PostgreSQL's protocol, up to the server's word that it takes queries.</summary>
    Postgres = 1,

    /// <summary>PING of RESP, answered by PONG.</summary>
    Redis = 2,
}
