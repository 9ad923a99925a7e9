namespace EvenKeel.Gateway.Routing;

/// <summary>What is known of a request's body when its route is looked for.</summary>
internal enum BodyState
{
    /// <summary>There is none, or it is too large to look into: no condition on it holds.</summary>
    None = 0,

    /// <summary>It has not arrived yet.</summary>
    Awaited,

    /// <summary>It is here.</summary>
    Here,
}
