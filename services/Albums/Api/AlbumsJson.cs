using System.Text.Json.Serialization;
using Albums.Health;
using Albums.Model;
using Microsoft.AspNetCore.Mvc;

namespace Albums.Api;

/// <summary>The JSON of the API and of the stores, generated at build time so that an instance starts fast.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Album))]
[JsonSerializable(typeof(AlbumDraft))]
[JsonSerializable(typeof(IReadOnlyList<Album>))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class AlbumsJson : JsonSerializerContext;
