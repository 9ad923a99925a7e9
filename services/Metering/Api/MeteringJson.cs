using System.Text.Json.Serialization;
using Metering.Events;
using Microsoft.AspNetCore.Mvc;

namespace Metering.Api;

/// <summary>What the serializer reads and writes, generated at build time. Everything else is written token by token.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventDraft))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class MeteringJson : JsonSerializerContext;
