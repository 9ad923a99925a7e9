using System.Runtime.InteropServices;
using System.Text;
using EvenKeel.Fleet.Processes.Native;

namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>
/// Reads files of /proc without exceptions: processes end while they are looked at, which is the rule here and not an error.
/// </summary>
internal static unsafe class ProcFile
{
    /// <summary>No file is read beyond this many bytes (an environment may be 2 MiB and more; a marker behind that is not seen).</summary>
    public const int Limit = 8 * 1024 * 1024;

    /// <summary>Reads a whole file; null when it is not there, not readable for this user, or the process has ended.</summary>
    public static byte[]? Read(string path)
    {
        byte[] buffer = new byte[4096];
        int descriptor = Open(path);
        if (descriptor < 0)
        {
            return null;
        }

        int length = 0;
        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
            {
                count = DescriptorCalls.Read(descriptor, start + length, (nuint)(buffer.Length - length));
            }

            if (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted)
            {
                continue;
            }

            if (count < 0)
            {
                _ = DescriptorCalls.Close(descriptor);
                return null;
            }

            length += (int)count;
            if (count == 0 || length >= Limit)
            {
                _ = DescriptorCalls.Close(descriptor);
                return buffer[..length];
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 4);
            }
        }
    }

    /// <summary>The file as text, or an empty string.</summary>
    public static string ReadText(string path) => Read(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";

    private static int Open(string path)
    {
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        fixed (byte* start = name)
        {
            return DescriptorCalls.Open(start, DescriptorCalls.CloseOnExec);
        }
    }
}
