namespace EvenKeel.Proof.Tests.Servers;

/// <param name="Break">Resets the connection instead of answering.</param>
/// <param name="CloseAfter">Closes the connection after the answer, without announcing it.</param>
internal sealed record SmallReply(int Status, string Body = "", bool Break = false, bool CloseAfter = false)
{
    public Dictionary<string, string> Headers { get; } = [];
}
