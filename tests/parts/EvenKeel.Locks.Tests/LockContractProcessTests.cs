using System.Collections.Concurrent;
using EvenKeel.Locks.Errors;
using EvenKeel.Locks.Tests.Servers;

namespace EvenKeel.Locks.Tests;

/// <summary>The one contract, on a real Redis, the state node and a real PostgreSQL, with clients that share nothing but the server.</summary>
[Trait("Category", "Process")]
public class LockContractProcessTests
{
    private static readonly LockOptions Once = new() { Wait = TimeSpan.Zero };
    private static readonly LockOptions Short = new() { Lease = TimeSpan.FromMilliseconds(300) };

    public static TheoryData<string> Kinds => ["redis", "node", "postgresql"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Contenders_hold_it_one_at_a_time_in_the_order_of_their_tokens(string kind)
    {
        await using LockServer server = await LockServer.StartAsync(kind);
        ILockProvider[] clients = [await server.ProviderAsync(), await server.ProviderAsync(), await server.ProviderAsync()];
        var history = new ConcurrentQueue<long>();
        int inside = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await using LockHandle handle = await clients[worker % 3].AcquireAsync("shared", null, Token);
                Assert.Equal(1, Interlocked.Increment(ref inside));
                history.Enqueue(handle.Token.Value);
                await Task.Yield();
                Interlocked.Decrement(ref inside);
            }
        })));
        Assert.Equal(120, history.Distinct().Count());
        Assert.Equal(history.Order(), history);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Waiters_get_it_in_the_order_in_which_they_asked_and_by_notification(string kind)
    {
        await using LockServer server = await LockServer.StartAsync(kind);

        // Looking takes longer than the whole test may: only notifications hand over.
        var options = new LockProviderOptions { LookInterval = TimeSpan.FromMinutes(1) };
        ILockProvider first = await server.ProviderAsync(options);
        ILockProvider second = await server.ProviderAsync(options);
        LockHandle held = await first.AcquireAsync("l", null, Token);
        var order = new ConcurrentQueue<int>();
        var tasks = new List<Task>();
        for (int i = 0; i < 4; i++)
        {
            int number = i;
            tasks.Add(Task.Run(async () =>
            {
                await using LockHandle handle = await (number % 2 == 0 ? second : first).AcquireAsync("l", null, Token);
                order.Enqueue(number);
            }));

            // The next one asks when this one has its place, which a time-out of 600 ms can only miss on a machine that hangs.
            Assert.Null(await first.TryAcquireAsync("l", Once with { Wait = TimeSpan.FromMilliseconds(600) }, Token));
        }

        Assert.Equal(LockRelease.Released, await held.ReleaseAsync());
        await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
        Assert.Equal([0, 1, 2, 3], order);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_lease_that_ends_is_told_to_its_holder_and_cannot_be_released_or_taken_back(string kind)
    {
        await using LockServer server = await LockServer.StartAsync(kind);
        ILockProvider one = await server.ProviderAsync();
        ILockProvider two = await server.ProviderAsync();
        LockHandle lost = await one.AcquireAsync("l", Short, Token);
        LockHandle held = await two.AcquireAsync("l", null, Token);

        // What is left is read from the clock and is certain; the token waits for a timer, which a busy machine may fire late.
        Assert.Equal(TimeSpan.Zero, lost.Left);
        var told = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = lost.Lost.Register(told.SetResult);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Token);
        Assert.True(held.Token > lost.Token);
        Assert.Equal(LockRelease.NotHeld, await lost.ReleaseAsync());
        Assert.Null(await one.TryAcquireAsync("l", Once, Token));
        Assert.False(held.Lost.IsCancellationRequested);
        Assert.Equal(LockRelease.Released, await held.ReleaseAsync());
        Assert.Equal(LockRelease.Released, await held.ReleaseAsync());
        Assert.False(held.Lost.IsCancellationRequested);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Renewal_keeps_a_lock_for_longer_than_its_lease(string kind)
    {
        await using LockServer server = await LockServer.StartAsync(kind);
        ILockProvider one = await server.ProviderAsync();
        ILockProvider two = await server.ProviderAsync();
        LockHandle held = await one.AcquireAsync("l", new LockOptions { Lease = TimeSpan.FromSeconds(1), Renew = true }, Token);
        await Assert.ThrowsAsync<LockTimeoutException>(() => two.AcquireAsync("l", new LockOptions { Wait = TimeSpan.FromSeconds(3) }, Token));
        Assert.False(held.Lost.IsCancellationRequested);
        Assert.Equal(LockRelease.Released, await held.ReleaseAsync());
        Assert.NotNull(await two.TryAcquireAsync("l", Once, Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_restart_of_the_server_is_waited_out_and_tokens_go_on_rising(string kind)
    {
        await using LockServer server = await LockServer.StartAsync(kind);
        ILockProvider one = await server.ProviderAsync();
        LockHandle before = await one.AcquireAsync("l", Short, Token);
        await server.StopAsync();
        Task<LockHandle> waiting = one.AcquireAsync("l", null, Token);
        LockUnavailableException error = await Assert.ThrowsAsync<LockUnavailableException>(() => one.TryAcquireAsync("other", Once, Token));
        Assert.Contains("'other' is not held", error.Message, StringComparison.Ordinal);
        await server.StartAgainAsync();
        LockHandle after = await waiting;
        Assert.True(after.Token > before.Token);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_caller_that_gives_up_leaves_no_lock_and_no_place_behind(string kind)
    {
        await using LockServer server = await LockServer.StartAsync(kind);
        var options = new LockProviderOptions { MaxWaiters = 1 };
        ILockProvider one = await server.ProviderAsync(options);
        ILockProvider two = await server.ProviderAsync();
        LockHandle held = await two.AcquireAsync("l", null, Token);
        using var cancel = new CancellationTokenSource();
        Task<LockHandle?> waiting = one.TryAcquireAsync("l", null, cancel.Token);
        LockUnavailableException tooMany = await Assert.ThrowsAsync<LockUnavailableException>(() => one.TryAcquireAsync("m", null, Token));
        Assert.Contains("1 callers already wait", tooMany.Message, StringComparison.Ordinal);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await one.DisposeAsync();
        await held.ReleaseAsync();
        Assert.NotNull(await two.TryAcquireAsync("l", Once, Token));
    }
}
