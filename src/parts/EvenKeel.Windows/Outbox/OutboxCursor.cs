namespace EvenKeel.Windows.Outbox;

/// <summary>
/// A place in the outbox. Numbers alone are no place: they are drawn before a transaction commits, so that a lower one can appear after a
/// higher one was read. The number of the transaction comes first.
/// </summary>
/// <param name="Transaction">The transaction that wrote the last entry that was read.</param>
/// <param name="Id">That entry's number.</param>
public readonly record struct OutboxCursor(ulong Transaction, long Id)
{
    /// <summary>Before the first entry.</summary>
    public static OutboxCursor Start => default;
}
