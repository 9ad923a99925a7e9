namespace EvenKeel.Configuration.Binding;

/// <summary>Where a value comes from.</summary>
public enum OriginKind
{
    /// <summary>It is the default.</summary>
    Default = 0,

    /// <summary>It stands in the file.</summary>
    File = 1,

    /// <summary>It was made in the file from variables.</summary>
    Variables = 2,
}
