using EvenKeel.Transport.Connections;

namespace EvenKeel.Transport.Tls;

/// <summary>Hands what happens on the connection of ciphertext to the one of plaintext above it.</summary>
internal sealed class CipherHandler(TlsConnection above) : ConnectionHandler
{
    /// <inheritdoc/>
    public override void OnOpened(Connection connection) => above.OnCipherOpened();

    /// <inheritdoc/>
    public override int OnReceived(Connection connection, ReceivedBytes bytes) => above.OnCipherReceived(bytes.Data);

    /// <inheritdoc/>
    public override void OnReceiveEnded(Connection connection, int unconsumed) => above.OnCipherEnded();

    /// <inheritdoc/>
    public override void OnSendDrained(Connection connection) => above.OnCipherDrained();

    /// <inheritdoc/>
    public override void OnClosed(Connection connection, CloseReason reason) => above.OnCipherClosed(reason);
}
