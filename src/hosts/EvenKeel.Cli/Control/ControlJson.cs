using System.Text.Json;
using System.Text.Json.Serialization;

namespace EvenKeel.Cli.Control;

/// <summary>How the documents of the control API are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcMilliseconds)])]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(LogView))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(InstanceView))]
[JsonSerializable(typeof(ReloadView))]
[JsonSerializable(typeof(EndpointListView))]
internal sealed partial class ControlJson : JsonSerializerContext;
