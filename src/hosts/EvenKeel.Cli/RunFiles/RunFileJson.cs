using System.Text.Json;
using System.Text.Json.Serialization;

namespace EvenKeel.Cli.RunFiles;

/// <summary>How run files are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(RunFile))]
internal sealed partial class RunFileJson : JsonSerializerContext;
