namespace EvenKeel.Configuration.Model;

/// <summary>How a route's path is compared with that of a request.</summary>
public enum PathKind
{
    /// <summary>Whole segments from the start: <c>/api</c> matches <c>/api</c> and <c>/api/x</c>, not <c>/apis</c>.</summary>
    Prefix = 0,

    /// <summary>The whole path, byte by byte.</summary>
    Exact,

    /// <summary>The whole path, with wildcards: see <see cref="Values.PathPattern"/>.</summary>
    Pattern,
}
