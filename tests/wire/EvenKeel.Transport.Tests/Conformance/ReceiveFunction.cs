using EvenKeel.Transport.Connections;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>Handles received bytes and says how many were consumed.</summary>
internal delegate int ReceiveFunction(Connection connection, ReceivedBytes bytes);
