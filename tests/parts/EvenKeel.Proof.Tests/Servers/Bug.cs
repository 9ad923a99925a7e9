namespace EvenKeel.Proof.Tests.Servers;

/// <summary>What is wrong with a service of albums.</summary>
internal enum Bug
{
    None,

    /// <summary>Every instance keeps its own list.</summary>
    OwnLists,

    /// <summary>Every seventh album is acknowledged and gone soon after.</summary>
    Loses,

    /// <summary>Every seventh album is kept twice.</summary>
    Duplicates,

    /// <summary>The second instance shows what was there half a second ago.</summary>
    ServesStale,

    /// <summary>The front gives requests to nobody for half a second after a kill.</summary>
    GoesDown,

    /// <summary>Lists answer 500.</summary>
    FailsLists,
}
