namespace LockTimes.Subjects;

/// <summary>A way to lock, with the server behind it.</summary>
internal interface ISubject : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Makes a caller. Callers of different numbers are spread over four clients that know nothing of each other.</summary>
    Task<ICaller> ConnectAsync(int number);

    /// <summary>Requests that clients have sent to the server for locks since it started.</summary>
    Task<long> RequestsAsync();

    /// <summary>Commands that the server has executed since it started, those inside of scripts included.</summary>
    Task<long> CommandsAsync();
}
