namespace EvenKeel.Configuration.Nodes;

/// <summary>A key and its value.</summary>
internal sealed record ConfigEntry(ConfigScalar Key, ConfigNode Value);
