using System.Reflection;
using System.Runtime.InteropServices;
using EvenKeel.Transport.Epoll;

namespace EvenKeel.Transport.Tests.Epoll;

/// <summary>A garbage collection waits for a call without a transition, so that only short ones may go without.</summary>
public sealed class NativeCallTests
{
    private static readonly string[] Short =
    [
        "Accept4", "SetSockOpt", "GetSockOpt", "Receive", "Send", "Shutdown", "EpollControl", "EpollLook", "Read", "Write",
    ];

    [Fact]
    public void Only_calls_that_are_short_and_never_block_skip_the_transition()
    {
        MethodInfo[] calls = [.. typeof(Libc).Assembly.GetTypes().SelectMany(type => type.GetMethods(
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))];
        Assert.Contains(calls, call => call.Name == "SSL_do_handshake");
        string[] skip = [.. calls.Where(call => call.GetCustomAttribute<SuppressGCTransitionAttribute>() is not null)
            .Select(call => $"{call.DeclaringType!.Name}.{call.Name}")];
        Assert.Equal(Short.Select(name => $"{nameof(Libc)}.{name}").Order(), skip.Order());
    }
}
