using EvenKeel.State.Commands;

namespace EvenKeel.Locks.Redis;

/// <summary>
/// What the state node does with LOCK, FSET and FGET, for a server that offers scripts. The lock is a string "token owner" with the lease as its
/// time to live; the last token a string of its own that outlives it; the queue a sorted set in the order of arrival, and a hash says
/// until when each waiter counts as alive. All four share a hash tag.
/// </summary>
internal static class LockScripts
{
    // The first waiter who is alive; those before are dropped.
    private const string Head = """
        local function now() local t = redis.call('TIME') return t[1] * 1000000 + t[2] end
        local function head(queue, alive)
          local ms = math.floor(now() / 1000)
          while true do
            local first = redis.call('ZRANGE', queue, 0, 0)[1]
            if not first then return nil end
            local untilMs = redis.call('HGET', alive, first)
            if untilMs and tonumber(untilMs) > ms then return first end
            redis.call('ZREM', queue, first)
            redis.call('HDEL', alive, first)
          end
        end

        """;

    /// <summary>
    /// Keys: lock, last token, queue, alive. Arguments: owner, lease, patience, life of the last token. Returns token, remaining milliseconds,
    /// waiters ahead.
    /// </summary>
    public static readonly StateScript Acquire = new(Head + """
        local owner, lease, patience = ARGV[1], ARGV[2], tonumber(ARGV[3])
        local held = redis.call('GET', KEYS[1])
        if held then
          local token, holder = string.match(held, '^(%d+) (.+)$')
          if holder == owner then
            redis.call('PEXPIRE', KEYS[1], lease)
            return {tonumber(token), 0, 0}
          end
        else
          local first = head(KEYS[3], KEYS[4])
          if not first or first == owner then
            redis.call('ZREM', KEYS[3], owner)
            redis.call('HDEL', KEYS[4], owner)
            local token = math.max(tonumber(redis.call('GET', KEYS[2]) or '0') + 1, now())
            redis.call('SET', KEYS[2], string.format('%.0f', token), 'PX', ARGV[4] + lease)
            redis.call('SET', KEYS[1], string.format('%.0f', token) .. ' ' .. owner, 'PX', lease)
            return {token, 0, 0}
          end
        end
        local remaining = 0
        if held then remaining = math.max(redis.call('PTTL', KEYS[1]), 1) end
        if patience == 0 then return {0, remaining, redis.call('ZCARD', KEYS[3])} end
        local ahead = redis.call('ZRANK', KEYS[3], owner)
        if not ahead then
          local count = redis.call('ZCARD', KEYS[3])
          if count >= 10000 then return {0, remaining, count} end
          local last = redis.call('ZRANGE', KEYS[3], -1, -1, 'WITHSCORES')[2]
          redis.call('ZADD', KEYS[3], tonumber(last or '0') + 1, owner)
          ahead = count
        end
        redis.call('HSET', KEYS[4], owner, string.format('%.0f', math.floor(now() / 1000) + patience))
        redis.call('PEXPIRE', KEYS[3], 3600000)
        redis.call('PEXPIRE', KEYS[4], 3600000)
        return {0, remaining, ahead}
        """);

    /// <summary>Key: lock. Arguments: "token owner", lease. Returns 1, or 0 when that grant is over.</summary>
    public static readonly StateScript Renew = new("""
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        return redis.call('PEXPIRE', KEYS[1], ARGV[2])
        """);

    /// <summary>Keys: lock, queue, alive. Arguments: owner, token or 0, prefix of channels. Returns 1, or 0 for a stranger. Tells whoever is next.</summary>
    public static readonly StateScript Release = new(Head + """
        redis.call('ZREM', KEYS[2], ARGV[1])
        redis.call('HDEL', KEYS[3], ARGV[1])
        local held, released = redis.call('GET', KEYS[1]), 0
        if held then
          local token, holder = string.match(held, '^(%d+) (.+)$')
          if holder == ARGV[1] and (ARGV[2] == '0' or ARGV[2] == token) then
            redis.call('DEL', KEYS[1])
            held, released = false, 1
          end
        end
        if not held then
          local first = head(KEYS[2], KEYS[3])
          if first then redis.call('PUBLISH', ARGV[3] .. string.match(first, '^[^:]+'), first) end
        end
        return released
        """);

    /// <summary>Key: a fenced value. Arguments: token, value. Returns 1, or 0 when the token is too low.</summary>
    public static readonly StateScript FencedSet = new("""
        local highest = redis.call('HGET', KEYS[1], 'token')
        if highest and tonumber(highest) > tonumber(ARGV[1]) then return 0 end
        redis.call('HSET', KEYS[1], 'token', ARGV[1], 'value', ARGV[2])
        return 1
        """);

    /// <summary>Key: a fenced value. Argument: token. Returns 1 and the value or nothing, or 0 when the token is too low.</summary>
    public static readonly StateScript FencedGet = new("""
        local highest = redis.call('HGET', KEYS[1], 'token')
        if highest and tonumber(highest) > tonumber(ARGV[1]) then return {0, false} end
        redis.call('HSET', KEYS[1], 'token', ARGV[1])
        return {1, redis.call('HGET', KEYS[1], 'value')}
        """);
}
