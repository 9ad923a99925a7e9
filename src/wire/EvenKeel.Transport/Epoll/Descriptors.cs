using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Epoll;

/// <summary>Operations on socket descriptors. All descriptors are non-blocking and close-on-exec from the moment they exist.</summary>
internal static unsafe class Descriptors
{
    /// <summary>Makes a TCP socket for the family of an address.</summary>
    /// <returns>The descriptor, or -1: see <see cref="Marshal.GetLastSystemError"/>.</returns>
    public static int NewStream(AddressFamily family)
        => Libc.Socket(
            family == AddressFamily.InterNetworkV6 ? LinuxValues.FamilyInet6 : LinuxValues.FamilyInet,
            LinuxValues.SocketStream | LinuxValues.SocketNonBlocking | LinuxValues.SocketCloseOnExec,
            0);

    /// <summary>Binds a new socket and listens.</summary>
    /// <param name="local">The address.</param>
    /// <param name="backlog">Connections that may wait in the kernel.</param>
    /// <param name="first">
    /// True for the first socket of an address, which the port must be free for. Only then does it allow others beside it, so that a second
    /// group cannot slip in: its first socket meets one that was bound.
    /// </param>
    /// <exception cref="SocketException">The address is busy or not allowed.</exception>
    public static int Listen(IPEndPoint local, int backlog, bool first)
    {
        int descriptor = NewStream(local.AddressFamily);
        if (descriptor < 0)
        {
            throw LastError();
        }

        try
        {
            Span<byte> address = stackalloc byte[SocketAddress.MaxLength];
            int length = SocketAddress.Write(local, address);
            SetOption(descriptor, LinuxValues.LevelSocket, LinuxValues.OptionReuseAddress, 1);

            // What is accepted inherits it, which saves a call for each connection.
            SetOption(descriptor, LinuxValues.LevelTcp, LinuxValues.OptionNoDelay, 1);
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
            {
                SetOption(descriptor, LinuxValues.LevelIpv6, LinuxValues.OptionIpv6Only, 1);
            }

            if (!first)
            {
                SetOption(descriptor, LinuxValues.LevelSocket, LinuxValues.OptionReusePort, 1);
            }

            fixed (byte* pointer = address)
            {
                Check(Libc.Bind(descriptor, pointer, (uint)length));
            }

            if (first)
            {
                // Before its port is shared it must be seen to be the only one that listens.
                Check(Libc.Listen(descriptor, backlog));
                SetOption(descriptor, LinuxValues.LevelSocket, LinuxValues.OptionReusePort, 1);
            }

            Check(Libc.Listen(descriptor, backlog));
            return descriptor;
        }
        catch
        {
            _ = Libc.Close(descriptor);
            throw;
        }
    }

    /// <summary>Sets an option that has an integer as its value. A failure shows later, if at all.</summary>
    public static void SetOption(int descriptor, int level, int option, int value)
        => _ = Libc.SetSockOpt(descriptor, level, option, &value, sizeof(int));

    /// <summary>This side's address, or null when the socket has none.</summary>
    public static IPEndPoint? LocalOf(int descriptor)
    {
        byte* address = stackalloc byte[SocketAddress.MaxLength];
        uint length = SocketAddress.MaxLength;
        return Libc.GetSockName(descriptor, address, &length) == 0 ? SocketAddress.Read(new ReadOnlySpan<byte>(address, SocketAddress.MaxLength)) : null;
    }

    /// <summary>Closes a descriptor, with RST when asked.</summary>
    public static void Close(int descriptor, bool reset)
    {
        if (reset)
        {
            // struct linger: on, 0 seconds.
            int* linger = stackalloc int[2] { 1, 0 };
            _ = Libc.SetSockOpt(descriptor, LinuxValues.LevelSocket, LinuxValues.OptionLinger, linger, 2 * sizeof(int));
        }

        _ = Libc.Close(descriptor);
    }

    /// <summary>The exception of the call that just failed.</summary>
    public static SocketException LastError()
    {
        int error = Marshal.GetLastSystemError();
        return new SocketException((int)(error switch
        {
            98 => SocketError.AddressAlreadyInUse,
            99 => SocketError.AddressNotAvailable,
            13 => SocketError.AccessDenied,
            23 or 24 => SocketError.TooManyOpenSockets,
            97 => SocketError.AddressFamilyNotSupported,
            _ => SocketError.SocketError,
        }), $"{new Win32Exception(error).Message} (errno {error})");
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw LastError();
        }
    }
}
