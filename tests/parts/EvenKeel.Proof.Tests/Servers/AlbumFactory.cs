using EvenKeel.Proof.Systems;

namespace EvenKeel.Proof.Tests.Servers;

internal sealed class AlbumFactory(Bug bug, int count = 2) : ISystemFactory
{
    public List<AlbumCluster> Started { get; } = [];

    public int Limit { get; init; } = int.MaxValue;

    public bool ConfirmsFaults { get; init; } = true;

    public TimeSpan Restart { get; init; } = TimeSpan.FromMilliseconds(300);

    public Task<ISystemUnderTest> StartAsync(string label, double timeScale, string logFolder, CancellationToken cancellationToken)
    {
        if (Started.Count >= Limit)
        {
            throw new InvalidOperationException("no port is left");
        }

        var cluster = new AlbumCluster(bug, count, TimeProvider.System, Restart / timeScale) { ConfirmsFaults = ConfirmsFaults };
        Started.Add(cluster);
        return Task.FromResult<ISystemUnderTest>(cluster);
    }
}
