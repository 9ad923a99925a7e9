namespace EvenKeel.Transport.Epoll;

/// <summary>A socket that a loop has registered with epoll.</summary>
internal interface IEpollTarget
{
    /// <summary>Remembers what got ready, and asks for a turn; nothing is done here, so that no event of the same batch can be out of date.</summary>
    void OnEvents(uint events);
}
