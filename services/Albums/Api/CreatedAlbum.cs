using Albums.Model;

namespace Albums.Api;

/// <summary>201 with the album and its address.</summary>
internal sealed class CreatedAlbum(Album album) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = $"/albums/{album.Id}";
        return TypedResults.Json(album, AlbumsJson.Default.Album, contentType: null, statusCode: 201).ExecuteAsync(httpContext);
    }
}
