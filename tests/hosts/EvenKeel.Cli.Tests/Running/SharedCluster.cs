using EvenKeel.Cli.Control;

namespace EvenKeel.Cli.Tests.Running;

/// <summary>A detached cluster of two instances that the tests of a class share; each leaves it as it was.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    public const string Name = "shared";

    internal Sandbox Sandbox { get; } = new Sandbox().With("evenkeel.yaml", ClusterFiles.Of(Name));

    /// <summary>What <c>up -d</c> printed.</summary>
    internal ProgramResult Up { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Up = (await Sandbox.RunAsync("up", "-d")).Ended(0);

    internal Task<ClusterView> PsAsync() => Sandbox.PsAsync();

    internal Task<ProgramResult> RunAsync(params string[] arguments) => Sandbox.RunAsync(arguments);

    /// <summary>Waits until two instances are ready.</summary>
    internal Task IsWholeAsync() => Sandbox.ShowsAsync(cluster => cluster.Instances is { Count: 2 } all && all.All(instance => instance.State == "ready"));

    public async ValueTask DisposeAsync()
    {
        try
        {
            (await Sandbox.RunAsync("down")).Ended(0);
        }
        finally
        {
            await Sandbox.DisposeAsync();
        }
    }
}
