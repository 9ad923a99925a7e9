namespace EvenKeel.Configuration.Model;

/// <summary>An answer that sends the client elsewhere.</summary>
public sealed record RedirectOptions
{
    /// <summary>Where to: a path or a URI with placeholders, see <see cref="Values.TemplateText"/>.</summary>
    public required string To { get; init; }

    /// <summary>301, 302, 303, 307 or 308. Default 307: not remembered by clients, and the method stays.</summary>
    public int Status { get; init; } = 307;
}
