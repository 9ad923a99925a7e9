using System.Globalization;
using System.Text.Json;
using Albums.Model;
using Albums.Stores;

namespace Albums.Api;

/// <summary>The album API.</summary>
internal static class AlbumEndpoints
{
    // Numbers that clients have chosen as ids are passed over; nobody can hold this many in a row without meaning to.
    private const int NumberAttempts = 1000;

    public static void Map(IEndpointRouteBuilder routes, IAlbumStore store)
    {
        routes.MapGet("/albums", Answer(context => ListAsync(store, context.RequestAborted)));
        routes.MapGet("/albums/{id}", Answer(context => GetAsync(store, Id(context), context.RequestAborted)));
        routes.MapPost("/albums", Answer(context => PostAsync(store, context)));
        routes.MapDelete("/albums/{id}", Answer(context => DeleteAsync(store, Id(context), context.RequestAborted)));
    }

    /// <summary>A delegate that needs no reflection at the start.</summary>
    private static RequestDelegate Answer(Func<HttpContext, Task<IResult>> handler) =>
        async context => await (await handler(context)).ExecuteAsync(context);

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    // Written whole and with its length: an instance that is killed has then either sent all of it or nothing, as far as a process can
    // see to it, and who asked can tell a part from the whole.
    private static async Task<IResult> ListAsync(IAlbumStore store, CancellationToken cancellationToken) =>
        TypedResults.Bytes(
            JsonSerializer.SerializeToUtf8Bytes(await store.ListAsync(cancellationToken), AlbumsJson.Default.IReadOnlyListAlbum),
            "application/json; charset=utf-8");

    private static async Task<IResult> GetAsync(IAlbumStore store, string id, CancellationToken cancellationToken) =>
        AlbumRules.IsId(id) && await store.GetAsync(id, cancellationToken) is { } album
            ? TypedResults.Json(album, AlbumsJson.Default.Album)
            : Problems.NotFound(id);

    private static async Task<IResult> DeleteAsync(IAlbumStore store, string id, CancellationToken cancellationToken) =>
        AlbumRules.IsId(id) && await store.RemoveAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound(id);

    private static async Task<IResult> PostAsync(IAlbumStore store, HttpContext context)
    {
        AlbumDraft? draft;
        try
        {
            draft = await JsonSerializer.DeserializeAsync(context.Request.Body, AlbumsJson.Default.AlbumDraft, context.RequestAborted);
        }
        catch (JsonException error)
        {
            return Problems.Of(400, "Not an album", $"The body is not a JSON object of an album: {error.Message}");
        }

        if (draft is null)
        {
            return Problems.Of(400, "Not an album", "The body is null; a JSON object of an album is expected.");
        }

        Dictionary<string, string[]> errors = AlbumRules.Check(draft);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var album = new Album(draft.Id ?? "", draft.Title!, draft.Artist!, draft.Price!.Value);
        return album.Id.Length > 0
            ? await AddAsync(store, album, context.RequestAborted)
            : await AddNumberedAsync(store, album, context.RequestAborted);
    }

    private static async Task<IResult> AddAsync(IAlbumStore store, Album album, CancellationToken cancellationToken) =>
        await store.AddAsync(album, cancellationToken)
            ? Created(album)
            : Problems.Of(409, "The id is taken", $"There is an album '{album.Id}' already. Choose another id, or leave it out to have one assigned.");

    private static async Task<IResult> AddNumberedAsync(IAlbumStore store, Album album, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < NumberAttempts; attempt++)
        {
            long number = await store.NextNumberAsync(cancellationToken);
            Album numbered = album with { Id = number.ToString(CultureInfo.InvariantCulture) };
            if (await store.AddAsync(numbered, cancellationToken))
            {
                return Created(numbered);
            }
        }

        return Problems.Of(409, "No free id", $"The next {NumberAttempts} numbers are all taken by ids that clients chose. Send an id of your own.");
    }

    private static CreatedAlbum Created(Album album) => new CreatedAlbum(album);
}
