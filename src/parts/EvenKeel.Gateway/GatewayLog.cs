using System.Net;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway;

internal static partial class GatewayLog
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "gateway listens on {Address} with {Loops} loops")]
    public static partial void Listening(ILogger logger, IPEndPoint address, int loops);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Information, Message = "gateway drains: {Active} requests are under way")]
    public static partial void Draining(ILogger logger, long active);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Information, Message = "gateway has drained")]
    public static partial void Drained(ILogger logger);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "gateway has not drained in {Timeout}: {Active} requests are cut off")]
    public static partial void DrainTimedOut(ILogger logger, TimeSpan timeout, long active);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "{Service} panics: so few of its instances are well that all are used that were ready once")]
    public static partial void Panicking(ILogger logger, string service);

    [LoggerMessage(EventId = 2007, Level = LogLevel.Information, Message = "{Service} panics no more")]
    public static partial void Calm(ILogger logger, string service);

    [LoggerMessage(EventId = 2008, Level = LogLevel.Warning, Message = "circuit of {Service} is open: most of its requests have failed, none is sent for a while")]
    public static partial void CircuitOpened(ILogger logger, string service);

    [LoggerMessage(EventId = 2009, Level = LogLevel.Information, Message = "circuit of {Service} is closed again")]
    public static partial void CircuitClosed(ILogger logger, string service);

    [LoggerMessage(EventId = 2010, Level = LogLevel.Warning, Message = "gateway.tls: {Warning}")]
    public static partial void CertificateDoubtful(ILogger logger, string warning);

    [LoggerMessage(EventId = 2011, Level = LogLevel.Warning,
        Message = "gateway.services.{Service}.tls is insecure: certificates of its instances are not verified, and whoever is in between can read everything")]
    public static partial void NotVerified(ILogger logger, string service);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Warning, Message = "TLS with {Instance} fails: {Reason}")]
    public static partial void TlsFailed(ILogger logger, string instance, string reason);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Information, Message = "gateway has new options with {Routes} routes")]
    public static partial void Applied(ILogger logger, int routes);
}
