namespace EvenKeel.Configuration.Model;

/// <summary>An answer that the gateway gives itself.</summary>
public sealed record RespondOptions
{
    /// <summary>200 to 599.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The body, sent as UTF-8; at most 16 KiB. Empty for none.</summary>
    public string Body { get; init; } = "";

    /// <summary>The content type of the body. Default <c>text/plain; charset=utf-8</c>.</summary>
    public string Type { get; init; } = "text/plain; charset=utf-8";
}
