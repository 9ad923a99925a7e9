using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Http.Fields;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Affinity;

/// <summary>
/// What keeps a client on its instance: a value in a cookie (RFC 6265), or in a header field that the client sends back. The value is a keyed
/// hash (HMAC-SHA256) of the instance's name, and a keyed hash of that: it reveals no name, cannot be made by a client, and is known as the
/// gateway's own even when its instance is gone. Gateways that share clients must share the key. A cookie lasts as long as the browser's session.
/// </summary>
public sealed class AffinityToken
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of a value that this class makes.</summary>
    internal const int ValueLength = 43;

    /// <summary>The longest name.</summary>
    internal const int MaxNameLength = 128;

    private const int HalfLength = 16;
    private const int MaxCached = 1024;
    private readonly byte[] _key;
    private readonly byte[] _name;
    private readonly bool _isHeader;
    private readonly ConcurrentDictionary<string, Binding> _bindings = new(StringComparer.Ordinal);

    /// <summary>Makes the token of a route.</summary>
    /// <param name="name">The name of the cookie or header field: a token of RFC 9110.</param>
    /// <param name="key">32 random bytes.</param>
    /// <param name="isHeader">True for a header field.</param>
    /// <exception cref="ArgumentException">The name is not a token, or the key has another length.</exception>
    public AffinityToken(string name, ReadOnlySpan<byte> key, bool isHeader = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > MaxNameLength || name.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            throw new ArgumentException(
                $"'{name}' cannot be the name of a cookie or header field: use 1 to {MaxNameLength} letters, digits and any of !#$%&'*+-.^_`|~", nameof(name));
        }

        if (key.Length != KeyLength)
        {
            throw new ArgumentException($"an affinity key has {KeyLength} bytes, not {key.Length}", nameof(key));
        }

        Name = name;
        _isHeader = isHeader;
        _name = Encoding.ASCII.GetBytes(name);
        _key = key.ToArray();
    }

    /// <summary>The name of the cookie or header field.</summary>
    public string Name { get; }

    private static System.Buffers.SearchValues<char> TokenCharacters { get; }
        = System.Buffers.SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>True to refuse a client whose instance cannot serve it, instead of giving it another one. Default false.</summary>
    public bool Refuses { get; init; }

    /// <summary>A key for a gateway that shares its clients with no other.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <summary>The key of a secret, which gateways that share their clients have in common.</summary>
    public static byte[] KeyOf(string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "evenkeel affinity"u8);

    /// <summary>Finds the value in a request's head. Allocates nothing.</summary>
    /// <returns>The value, or empty.</returns>
    public ReadOnlySpan<byte> Read(RequestHead head, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (!_isHeader)
        {
            return head.TryFind(KnownField.Cookie, out FieldLine line) ? Read(line.Value(bytes)) : default;
        }

        foreach (ref readonly FieldLine line in head.Fields)
        {
            if (Ascii.EqualsIgnoreCase(line.Name(bytes), _name))
            {
                return line.Value(bytes);
            }
        }

        return default;
    }

    /// <summary>True for a value that a gateway with this key has made, whether its instance is there or not. Allocates nothing.</summary>
    public bool IsOurs(ReadOnlySpan<byte> value)
    {
        Span<byte> decoded = stackalloc byte[2 * HalfLength];
        if (value.Length != ValueLength || Base64Url.DecodeFromUtf8(value, decoded, out _, out int length) != System.Buffers.OperationStatus.Done
            || length != decoded.Length)
        {
            return false;
        }

        Span<byte> seal = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Seal(decoded[..HalfLength], seal);
        return CryptographicOperations.FixedTimeEquals(seal[..HalfLength], decoded[HalfLength..]);
    }

    /// <summary>Finds the cookie in a Cookie field's value. Allocates nothing.</summary>
    /// <returns>The cookie's value, or empty.</returns>
    public ReadOnlySpan<byte> Read(ReadOnlySpan<byte> field) => CookieField.Find(field, _name);

    /// <summary>The field line, CRLF included, that binds a client to an endpoint. Made once per endpoint; at most 256 bytes.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="isSecure">True for a client that came over TLS: its cookie goes over TLS only.</param>
    public ReadOnlySpan<byte> FieldLine(EndpointState endpoint, bool isSecure = false)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return isSecure ? BindingOf(endpoint).SecureField : BindingOf(endpoint).Field;
    }

    /// <summary>The endpoint of a service that a cookie's value names, or null. Allocates only for endpoints that it sees for the first time.</summary>
    internal EndpointState? Find(ReadOnlySpan<byte> value, EndpointState[] endpoints, string service)
    {
        if (value.Length != ValueLength)
        {
            return null;
        }

        foreach (EndpointState endpoint in endpoints)
        {
            if (endpoint.Service == service && CryptographicOperations.FixedTimeEquals(BindingOf(endpoint).Value, value))
            {
                return endpoint;
            }
        }

        return null;
    }

    private Binding BindingOf(EndpointState endpoint)
    {
        if (_bindings.TryGetValue(endpoint.Name, out Binding? known))
        {
            return known;
        }

        // Names come back when instances restart; without a bound, ever new ones of a long-lived gateway would pile up.
        if (_bindings.Count >= MaxCached)
        {
            _bindings.Clear();
        }

        return _bindings.GetOrAdd(endpoint.Name, Bind(endpoint));
    }

    // A byte in front that no name begins with, so that no instance's mark is the seal of anything.
    private void Seal(ReadOnlySpan<byte> mark, Span<byte> seal)
    {
        Span<byte> sealedBytes = stackalloc byte[1 + HalfLength];
        sealedBytes[0] = 0;
        mark.CopyTo(sealedBytes[1..]);
        HMACSHA256.HashData(_key, sealedBytes, seal);
    }

    private Binding Bind(EndpointState endpoint)
    {
        byte[] value = new byte[ValueLength];
        byte[] mark = HMACSHA256.HashData(_key, endpoint.NameBytes)[..HalfLength];
        byte[] seal = new byte[HMACSHA256.HashSizeInBytes];
        Seal(mark, seal);
        Base64Url.EncodeToUtf8([.. mark, .. seal.AsSpan(0, HalfLength)], value);
        if (_isHeader)
        {
            byte[] field = [.. _name, .. ": "u8, .. value, .. "\r\n"u8];
            return new Binding(value, field, field);
        }

        byte[] cookie = [.. "Set-Cookie: "u8, .. _name, (byte)'=', .. value, .. "; Path=/; HttpOnly; SameSite=Lax"u8];
        return new Binding(value, [.. cookie, .. "\r\n"u8], [.. cookie, .. "; Secure\r\n"u8]);
    }

    private sealed record Binding(byte[] Value, byte[] Field, byte[] SecureField);
}
