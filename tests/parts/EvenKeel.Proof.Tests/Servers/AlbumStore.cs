using System.Text.Json;

namespace EvenKeel.Proof.Tests.Servers;

/// <summary>A list of albums with a history of its own, so that it can also show the past.</summary>
internal sealed class AlbumStore
{
    private readonly Lock _gate = new();
    private readonly List<(string Id, string Title, long AddedAt, long GoneAt)> _albums = [];

    public void Add(string id, string title, long now, long goneAt = long.MaxValue)
    {
        lock (_gate)
        {
            _albums.Add((id, title, now, goneAt));
        }
    }

    public bool Remove(string id)
    {
        lock (_gate)
        {
            return _albums.RemoveAll(album => album.Id == id) > 0;
        }
    }

    public string List(long now)
    {
        lock (_gate)
        {
            return JsonSerializer.Serialize(
                _albums.Where(album => album.AddedAt <= now && album.GoneAt > now).Select(album => new { id = album.Id, title = album.Title }));
        }
    }

    public string? Get(string id, long now)
    {
        lock (_gate)
        {
            var found = _albums.Where(album => album.Id == id && album.AddedAt <= now && album.GoneAt > now).ToList();
            return found.Count == 0 ? null : JsonSerializer.Serialize(new { id, title = found[0].Title });
        }
    }

}
