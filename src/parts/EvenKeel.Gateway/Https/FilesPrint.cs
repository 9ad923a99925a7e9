using System.Security.Cryptography;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Https;

/// <summary>Tells whether files hold something else than before.</summary>
internal static class FilesPrint
{
    /// <summary>
    /// A print of what the files hold. What is printed here and what libssl reads a moment later can differ: then it counts as changed again.
    /// </summary>
    /// <exception cref="TlsException">A file cannot be read.</exception>
    public static string Of(IEnumerable<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in paths)
        {
            try
            {
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new TlsException($"cannot read the certificate or its key: {error.Message}", error);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
