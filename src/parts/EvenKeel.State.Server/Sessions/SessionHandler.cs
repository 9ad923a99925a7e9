using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Requests;
using EvenKeel.State.Server.Commands;
using EvenKeel.Transport.Connections;

namespace EvenKeel.State.Server.Sessions;

/// <summary>
/// Runs a client's requests in order and sends their replies in one piece per turn. A client that does not read its replies is not read from
/// until it does, so that what waits for it stays within one turn.
/// </summary>
internal sealed class SessionHandler(ClientSession session, CommandProcessor processor, RespLimits limits) : ConnectionHandler
{
    private const int FlushBytes = 64 * 1024;
    private readonly RequestParser _parser = new(limits);

    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        ReadOnlySpan<byte> data = bytes.Data;
        int used = 0;
        bool willing = true;
        while (willing && used < data.Length && !session.Closing)
        {
            RequestStatus status = _parser.Read(data[used..], out int consumed);
            used += consumed;
            if (status == RequestStatus.Complete)
            {
                processor.Execute(session, _parser.Arguments);
            }
            else if (status == RequestStatus.Invalid)
            {
                session.Output.WriteError(_parser.Error!);
                session.Closing = true;
            }

            willing = session.Output.Length < FlushBytes || Flush(connection);
        }

        if (willing)
        {
            willing = Flush(connection);
        }

        if (session.Closing)
        {
            connection.Close();
            return data.Length;
        }

        if (!willing)
        {
            connection.PauseReceive();
        }

        return used;
    }

    public override void OnSendDrained(Connection connection) => connection.ResumeReceive();

    public override void OnReceiveEnded(Connection connection, int unconsumed) => connection.Close();

    public override void OnClosed(Connection connection, CloseReason reason)
    {
        processor.Counters.Clients--;
        processor.Channels.Forget(session);
    }

    /// <summary>Sends what is ready.</summary>
    /// <returns>False when the client has to read first.</returns>
    private bool Flush(Connection connection)
    {
        if (session.Output.Length == 0)
        {
            return true;
        }

        SendResult result = connection.Send(session.Output.Written);
        session.Output.Clear();
        return result != SendResult.Backlogged;
    }
}
