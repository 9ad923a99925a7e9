namespace LockTimes.Subjects;

/// <summary>One who takes locks and gives them back, one at a time.</summary>
internal interface ICaller : IAsyncDisposable
{
    Task AcquireAsync(string name, CancellationToken cancellationToken);

    Task ReleaseAsync();
}
