namespace EvenKeel.Fleet.Instances;

/// <summary>What is to follow the end of an instance's process.</summary>
internal enum InstanceIntent
{
    /// <summary>Nothing.</summary>
    Stop = 0,

    /// <summary>A restart with back-off.</summary>
    Run = 1,

    /// <summary>A restart without back-off, because it was asked for.</summary>
    Replace = 2,
}
