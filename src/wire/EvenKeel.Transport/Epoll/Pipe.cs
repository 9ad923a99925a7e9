namespace EvenKeel.Transport.Epoll;

/// <summary>The two descriptors of a pipe, non-blocking and close-on-exec.</summary>
/// <param name="ReadEnd">Where bytes come out.</param>
/// <param name="WriteEnd">Where bytes go in.</param>
internal readonly record struct Pipe(int ReadEnd, int WriteEnd);
