namespace EvenKeel.Transport.Loops;

/// <summary>Something that a loop gives a turn when it has work to do.</summary>
internal interface ILoopWork
{
    /// <summary>True while it waits for its turn. Written by the loop only.</summary>
    bool IsScheduled { get; set; }

    /// <summary>Does a bounded amount of work; schedules itself again when more is left. Throws nothing.</summary>
    void Turn();
}
