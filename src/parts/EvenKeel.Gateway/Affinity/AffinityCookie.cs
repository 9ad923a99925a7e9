using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Affinity;

/// <summary>
/// A cookie that keeps a client on its instance (RFC 6265). Its value is the keyed hash (HMAC-SHA256, base64url) of the instance's name: it
/// reveals no name, cannot be made by a client, and is checked by comparing it with the values of the instances there are. The key is the
/// gateway's; gateways that share clients must share it. The cookie lasts as long as the browser's session.
/// </summary>
public sealed class AffinityCookie
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of a value that this class makes.</summary>
    internal const int ValueLength = 43;

    /// <summary>The longest name.</summary>
    internal const int MaxNameLength = 128;

    private const int MaxCached = 1024;
    private readonly byte[] _key;
    private readonly byte[] _name;
    private readonly ConcurrentDictionary<string, Binding> _bindings = new(StringComparer.Ordinal);

    /// <summary>Makes the cookie of a route.</summary>
    /// <param name="name">The cookie's name: a token of RFC 9110.</param>
    /// <param name="key">32 random bytes.</param>
    /// <exception cref="ArgumentException">The name is not a token, or the key has another length.</exception>
    public AffinityCookie(string name, ReadOnlySpan<byte> key)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > MaxNameLength || name.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            throw new ArgumentException(
                $"'{name}' cannot be a cookie's name: use 1 to {MaxNameLength} letters, digits and any of !#$%&'*+-.^_`|~", nameof(name));
        }

        if (key.Length != KeyLength)
        {
            throw new ArgumentException($"an affinity key has {KeyLength} bytes, not {key.Length}", nameof(key));
        }

        Name = name;
        _name = Encoding.ASCII.GetBytes(name);
        _key = key.ToArray();
    }

    /// <summary>The cookie's name.</summary>
    public string Name { get; }

    private static System.Buffers.SearchValues<char> TokenCharacters { get; }
        = System.Buffers.SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>A key for a gateway that shares its clients with no other.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <summary>Finds the cookie in a Cookie field's value. Allocates nothing.</summary>
    /// <returns>The cookie's value, or empty.</returns>
    public ReadOnlySpan<byte> Read(ReadOnlySpan<byte> field) => CookieField.Find(field, _name);

    /// <summary>The Set-Cookie field line, CRLF included, that binds a client to an endpoint. Made once per endpoint; at most 256 bytes.</summary>
    public ReadOnlySpan<byte> FieldLine(EndpointState endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return BindingOf(endpoint).Field;
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

    private Binding Bind(EndpointState endpoint)
    {
        byte[] value = new byte[ValueLength];
        Base64Url.EncodeToUtf8(HMACSHA256.HashData(_key, endpoint.NameBytes), value);
        return new Binding(value, [.. "Set-Cookie: "u8, .. _name, (byte)'=', .. value, .. "; Path=/; HttpOnly; SameSite=Lax\r\n"u8]);
    }

    private sealed record Binding(byte[] Value, byte[] Field);
}
