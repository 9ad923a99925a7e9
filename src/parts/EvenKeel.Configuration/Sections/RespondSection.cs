using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>An answer that the gateway gives itself.</summary>
internal static class RespondSection
{
    private static readonly RespondOptions Defaults = new();

    private static readonly WholeNumberSchema<int> StatusSchema = new(200, 599);

    private static readonly Key<int> Status = Key.Optional("status", StatusSchema, Defaults.Status, "The status.", "code");

    private static readonly Key<string> Body = Key.Optional("body",
        new TextSchema("text of at most 16384 characters", "^[^\\u0000]{0,16384}$") { TakesAnyScalar = true }, Defaults.Body,
        "The body, sent as UTF-8.", "text", "content");

    private static readonly Key<string> Type = Key.Optional("type",
        new TextSchema("a content type such as text/html", "^[!-~]+/[!-~]+( ?; ?[!-~]+)*$") { ShortType = "content type" }, Defaults.Type,
        "The content type of the body.", "contentType");

    /// <summary>A reply in either form.</summary>
    public static readonly ShapeSchema<RespondOptions> Schema = new()
    {
        Single = new MappedSchema<int, RespondOptions>(StatusSchema, status => new RespondOptions { Status = status }, respond => respond.Status),
        Map = new ObjectSchema<RespondOptions>(
            "respond", "An answer that the gateway gives itself.", [Status, Body, Type],
            values => new RespondOptions { Status = values.Get(Status), Body = values.Get(Body), Type = values.Get(Type) }),
    };
}
