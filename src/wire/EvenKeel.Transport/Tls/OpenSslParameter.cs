using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tls;

/// <summary>One entry of a list of parameters as OpenSSL 3 takes it (OSSL_PARAM); the list ends with an entry without a key.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OpenSslParameter
{
    /// <summary>The type of a text.</summary>
    public const uint Text = 4;

    /// <summary>The type of a string of bytes.</summary>
    public const uint Bytes = 5;

    public byte* Key;
    public uint Type;
    public void* Data;
    public nuint Size;
    public nuint ReturnSize;
}
