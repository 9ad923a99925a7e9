using System.Text.Json;
using System.Text.Json.Serialization;

namespace Metering.Events;

/// <summary>Lets the serializer stream an array of events through <see cref="EventDraftReader"/>.</summary>
internal sealed class EventDraftConverter : JsonConverter<EventDraft>
{
    public override bool HandleNull => true;

    public override EventDraft Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => EventDraftReader.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, EventDraft value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Drafts of events are read and never written.");
}
