namespace EvenKeel.Transport.Tls;

/// <summary>Numbers of the headers of OpenSSL 3, which keeps them stable: ssl.h, tls1.h, bio.h, sslerr.h.</summary>
internal static class OpenSslValues
{
    public const int ErrorWantRead = 2;
    public const int ErrorZeroReturn = 6;

    public const int ControlMode = 33;
    public const int ControlSessionCacheMode = 44;
    public const int ControlServerNameCallback = 53;
    public const int ControlServerName = 55;
    public const int ControlMinimumVersion = 123;

    public const int ModeReleaseBuffers = 0x10;
    public const int SessionCacheOff = 0;
    public const int SessionCacheClientCallbackOnly = 0x1 | 0x300;

    public const ulong OptionNoCompression = 1UL << 17;
    public const ulong OptionCipherServerPreference = 1UL << 22;
    public const ulong OptionNoRenegotiation = 1UL << 30;

    public const int VerifyNone = 0;
    public const int VerifyPeer = 1;
    public const int FilePem = 1;

    public const int ExtensionOk = 0;
    public const int ExtensionFatal = 2;
    public const int ExtensionNoAcknowledge = 3;

    public const int BioSourceSink = 0x400;
    public const int BioFlagRead = 0x01;
    public const int BioFlagRetry = 0x08;
    public const int BioControlEof = 2;
    public const int BioControlFlush = 11;

    public const int VersionTls12 = 0x0303;
    public const int VersionTls13 = 0x0304;

    public const int LibrarySsl = 20;
    public const int ReasonKeyMismatchX509 = 116;
    public const int ReasonHttpRequest = 156;
    public const int ReasonUnexpectedEof = 294;

    /// <summary>Plaintext of the largest record.</summary>
    public const int MaxRecord = 16 * 1024;
}
