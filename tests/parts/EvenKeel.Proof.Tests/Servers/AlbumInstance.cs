using System.Text.Json;
using EvenKeel.Proof.Systems;

namespace EvenKeel.Proof.Tests.Servers;

/// <summary>One instance of the albums service. It can be killed (connections break) and paused (requests hang).</summary>
internal sealed class AlbumInstance : IAsyncDisposable
{
    private readonly AlbumCluster _cluster;
    private readonly SmallHttpServer _server;
    private TaskCompletionSource _running = Done();

    public AlbumInstance(AlbumCluster cluster, string name, AlbumStore store)
    {
        _cluster = cluster;
        Name = name;
        Store = store;
        _server = new SmallHttpServer(HandleAsync);
    }

    public string Name { get; }

    public AlbumStore Store { get; set; }

    public InstanceCondition State { get; set; } = InstanceCondition.Ready;

    public SystemInstance View => new(Name, _server.Address, State);

    public void Pause() => _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _running.TrySetResult();

    public ValueTask DisposeAsync()
    {
        Resume();
        return _server.DisposeAsync();
    }

    public async Task<SmallReply> HandleAsync(SmallRequest request, CancellationToken cancellationToken)
    {
        await _running.Task.WaitAsync(cancellationToken);
        if (State is InstanceCondition.Down or InstanceCondition.Starting)
        {
            return new SmallReply(502, Break: true);
        }

        var reply = Answer(request);
        reply.Headers["X-EvenKeel-Instance"] = Name;
        return reply;
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private SmallReply Answer(SmallRequest request)
    {
        var now = _cluster.NowMs;
        var shown = _cluster.Bug == Bug.ServesStale && Name == "web-2" ? now - 500 : now;
        if (request.Method == "POST")
        {
            using var album = JsonDocument.Parse(request.Body);
            return Add(album.RootElement.GetProperty("id").GetString()!, album.RootElement.GetProperty("title").GetString()!, now);
        }

        if (request.Method == "DELETE")
        {
            return new SmallReply(Store.Remove(request.Path["/albums/".Length..]) ? 204 : 404);
        }

        if (request.Path == "/albums")
        {
            return _cluster.Bug == Bug.FailsLists ? new SmallReply(500) : new SmallReply(200, Store.List(shown));
        }

        return request.Path.StartsWith("/albums/", StringComparison.Ordinal) && Store.Get(request.Path["/albums/".Length..], shown) is { } body
            ? new SmallReply(200, body) : new SmallReply(404);
    }

    private SmallReply Add(string id, string title, long now)
    {
        var seventh = _cluster.CountAdd() % 7 == 0;
        Store.Add(id, title, now, seventh && _cluster.Bug == Bug.Loses ? now + 200 : long.MaxValue);
        if (seventh && _cluster.Bug == Bug.Duplicates)
        {
            Store.Add(id + "-again", title, now);
        }

        return new SmallReply(201, JsonSerializer.Serialize(new { id }));
    }
}
