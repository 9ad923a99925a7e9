using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Limits;
using EvenKeel.Http.Fields;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Resilience;

/// <summary>
/// The rate limit of a route, for all loops. Keys are hashes with a seed of the process, of 128 bits in all: nobody can find two that are equal.
/// The lock is held for a look into a table, on routes with a limit only.
/// </summary>
internal sealed class RouteLimiter
{
    private readonly RateLimitOptions _options;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _gate = new();
    private readonly RateLimiter _limiter;
    private readonly byte[] _header;

    /// <summary>Makes a limiter that has seen nobody.</summary>
    public RouteLimiter(RateLimitOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _start = time.GetTimestamp();
        _limiter = new RateLimiter(new RateRules(options.Rate, options.Burst), options.By == RateLimitKey.Route ? 1 : options.Keys);
        _header = Encoding.ASCII.GetBytes(options.Header ?? "");
        Window = Math.Max(1, (int)Math.Ceiling(options.Burst / options.Rate));
    }

    /// <summary>The quota, as it stands in RateLimit-Policy.</summary>
    public int Quota => _options.Burst;

    /// <summary>The seconds in which the quota fills, as they stand in RateLimit-Policy.</summary>
    public int Window { get; }

    /// <summary>Keys that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _limiter.Count;
            }
        }
    }

    /// <summary>Who asks.</summary>
    /// <param name="head">The request's head.</param>
    /// <param name="bytes">The bytes of the head.</param>
    /// <param name="client">The client's address.</param>
    public RateKey KeyOf(RequestHead head, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> client)
    {
        if (_options.By == RateLimitKey.Client)
        {
            return Hash(client);
        }

        if (_options.By == RateLimitKey.Header)
        {
            foreach (ref readonly FieldLine line in head.Fields)
            {
                if (Ascii.EqualsIgnoreCase(line.Name(bytes), _header))
                {
                    return Hash(line.Value(bytes));
                }
            }
        }

        return default;
    }

    /// <summary>Takes one request.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="wait">When it is refused, the time until one is allowed.</param>
    /// <returns>False when it must be refused.</returns>
    public bool TryTake(RateKey key, out TimeSpan wait)
    {
        lock (_gate)
        {
            return _limiter.TryTake(key, _time.GetElapsedTime(_start), out wait);
        }
    }

    private static RateKey Hash(ReadOnlySpan<byte> value) => new(Hash(value, 1), Hash(value, 2));

    // Each HashCode is 32 bits and seeded when the process starts; the salt makes the four of them different functions.
    private static long Hash(ReadOnlySpan<byte> value, int salt)
    {
        var first = default(HashCode);
        var second = default(HashCode);
        first.Add(salt);
        second.Add(-salt);
        first.AddBytes(value);
        second.AddBytes(value);
        return ((long)first.ToHashCode() << 32) | (uint)second.ToHashCode();
    }
}
