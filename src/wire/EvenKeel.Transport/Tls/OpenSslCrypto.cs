using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tls;

/// <summary>The functions of libcrypto (OpenSSL 3) that are called.</summary>
internal static unsafe partial class OpenSslCrypto
{
    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library)]
    public static partial uint OPENSSL_version_major();

    [LibraryImport(Library)]
    public static partial void ERR_clear_error();

    [LibraryImport(Library)]
    public static partial nuint ERR_get_error();

    [LibraryImport(Library)]
    public static partial nuint ERR_peek_error();

    [LibraryImport(Library)]
    public static partial byte* ERR_reason_error_string(nuint error);

    [LibraryImport(Library)]
    public static partial byte* X509_verify_cert_error_string(nint error);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int X509_VERIFY_PARAM_set1_ip_asc(nint parameters, string address);

    [LibraryImport(Library)]
    public static partial int BIO_get_new_index();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint BIO_meth_new(int type, string name);

    [LibraryImport(Library)]
    public static partial int BIO_meth_set_write(nint method, delegate* unmanaged<nint, byte*, int, int> write);

    [LibraryImport(Library)]
    public static partial int BIO_meth_set_read(nint method, delegate* unmanaged<nint, byte*, int, int> read);

    [LibraryImport(Library)]
    public static partial int BIO_meth_set_ctrl(nint method, delegate* unmanaged<nint, int, nint, nint, nint> control);

    [LibraryImport(Library)]
    public static partial nint BIO_new(nint method);

    [LibraryImport(Library)]
    public static partial void BIO_set_data(nint bio, nint data);

    [LibraryImport(Library)]
    public static partial nint BIO_get_data(nint bio);

    [LibraryImport(Library)]
    public static partial void BIO_set_init(nint bio, int init);

    [LibraryImport(Library)]
    public static partial void BIO_set_flags(nint bio, int flags);

    [LibraryImport(Library)]
    public static partial void BIO_clear_flags(nint bio, int flags);

    [LibraryImport(Library)]
    public static partial nint EVP_aes_256_cbc();

    [LibraryImport(Library)]
    public static partial int EVP_EncryptInit_ex(nint context, nint cipher, nint engine, byte* key, byte* vector);

    [LibraryImport(Library)]
    public static partial int EVP_DecryptInit_ex(nint context, nint cipher, nint engine, byte* key, byte* vector);

    [LibraryImport(Library)]
    public static partial int EVP_MAC_CTX_set_params(nint context, OpenSslParameter* parameters);
}
