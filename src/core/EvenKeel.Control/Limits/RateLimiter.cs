namespace EvenKeel.Control.Limits;

/// <summary>
/// Token buckets, one for each key: a bucket holds <see cref="RateRules.Burst"/> tokens, fills at <see cref="RateRules.Rate"/>, and a request takes
/// one. The number of keys is bounded: a new key beyond it takes the place of the one that was asked for longest ago, which begins with a full
/// bucket if it comes back. A flood of keys can so forgive, and never refuse, what it does not belong to. Everything is allocated at the
/// beginning. Time is an argument, never less than before. Not thread-safe: the caller serialises.
/// </summary>
public sealed class RateLimiter
{
    private readonly RateRules _rules;
    private readonly Dictionary<RateKey, int> _places;
    private readonly Bucket[] _buckets;
    private int _newest = -1;
    private int _oldest = -1;

    /// <summary>Makes a limiter that knows no key.</summary>
    /// <param name="rules">The rate.</param>
    /// <param name="keys">The most keys at a time; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public RateLimiter(RateRules rules, int keys)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rules.Rate);
        ArgumentOutOfRangeException.ThrowIfLessThan(rules.Burst, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keys, 1);
        _rules = rules;
        _places = new Dictionary<RateKey, int>(keys);
        _buckets = new Bucket[keys];
    }

    /// <summary>Keys that are known.</summary>
    public int Count => _places.Count;

    /// <summary>Takes a token.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="now">The moment.</param>
    /// <param name="wait">When it is refused, the time until a token is there.</param>
    /// <returns>False when the bucket is empty.</returns>
    public bool TryTake(RateKey key, TimeSpan now, out TimeSpan wait)
    {
        if (_places.TryGetValue(key, out int place))
        {
            Unlink(place);
        }
        else
        {
            place = Place(key, now);
        }

        LinkNewest(place);
        ref Bucket bucket = ref _buckets[place];
        bucket.Tokens = Math.Min(_rules.Burst, bucket.Tokens + ((now - bucket.At).TotalSeconds * _rules.Rate));
        bucket.At = now;
        if (bucket.Tokens >= 1)
        {
            bucket.Tokens--;
            wait = TimeSpan.Zero;
            return true;
        }

        wait = TimeSpan.FromSeconds((1 - bucket.Tokens) / _rules.Rate);
        return false;
    }

    private int Place(RateKey key, TimeSpan now)
    {
        int place = _places.Count;
        if (place == _buckets.Length)
        {
            place = _oldest;
            Unlink(place);
            _places.Remove(_buckets[place].Key);
        }

        _places.Add(key, place);
        _buckets[place] = new Bucket { Key = key, Tokens = _rules.Burst, At = now };
        return place;
    }

    private void LinkNewest(int place)
    {
        _buckets[place].Older = _newest;
        _buckets[place].Newer = -1;
        if (_newest >= 0)
        {
            _buckets[_newest].Newer = place;
        }
        else
        {
            _oldest = place;
        }

        _newest = place;
    }

    private void Unlink(int place)
    {
        (int older, int newer) = (_buckets[place].Older, _buckets[place].Newer);
        if (older >= 0)
        {
            _buckets[older].Newer = newer;
        }
        else
        {
            _oldest = newer;
        }

        if (newer >= 0)
        {
            _buckets[newer].Older = older;
        }
        else
        {
            _newest = older;
        }
    }

    private struct Bucket
    {
        public RateKey Key;
        public double Tokens;
        public TimeSpan At;
        public int Older;
        public int Newer;
    }
}
