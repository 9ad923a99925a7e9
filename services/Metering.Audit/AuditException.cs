namespace Metering.Audit;

/// <summary>The audit cannot be made.</summary>
internal sealed class AuditException(string message, string help) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Help { get; } = help;
}
