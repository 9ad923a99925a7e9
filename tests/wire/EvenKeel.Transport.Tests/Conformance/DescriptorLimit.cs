using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>The limit of descriptors of this process, lowered until disposed: what exists goes on working, nothing new can be opened.</summary>
internal sealed partial class DescriptorLimit : IDisposable
{
    private const int NoFile = 7;
    private readonly Limit _before;

    public DescriptorLimit(ulong lowered)
    {
        Assert.Equal(0, GetLimit(NoFile, out _before));
        Limit limit = _before with { Soft = lowered };
        Assert.Equal(0, SetLimit(NoFile, in limit));
    }

    public void Dispose() => Assert.Equal(0, SetLimit(NoFile, in _before));

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    private record struct Limit(ulong Soft, ulong Hard);
}
