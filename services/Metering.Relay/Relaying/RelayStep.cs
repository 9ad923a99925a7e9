using System.Text;
using System.Text.RegularExpressions;
using Metering.Relay.Frames;

namespace Metering.Relay.Relaying;

/// <summary>What a client sends up to a Query or a Sync, and what the server answers up to ReadyForQuery: one round trip, and outside of an explicit
/// transaction one commit.</summary>
public sealed partial class RelayStep
{
    private readonly List<string> _statements = [];
    private readonly List<string> _tags = [];
    private bool _failed;
    private bool _isIdle;

    /// <summary>The texts of the statements in it; a statement that was prepared before has none.</summary>
    public IReadOnlyList<string> Statements => _statements;

    /// <summary>How the server says that it completed each: <c>INSERT 0 1</c>, <c>COMMIT</c>.</summary>
    public IReadOnlyList<string> Tags => _tags;

    /// <summary>True when the server has committed something in it: it was told COMMIT, or wrote outside of an explicit transaction.</summary>
    public bool IsCommit => !_failed && _isIdle
        && (_tags.Exists(tag => tag == "COMMIT" || tag.Split(' ')[0] is "INSERT" or "UPDATE" or "DELETE" or "MERGE")
            || _statements.Exists(text => WritesInParts().IsMatch(text)));

    internal void Sent(Frame frame)
    {
        switch (frame.Type)
        {
            case 'Q':
                _statements.Add(Text(frame.Body));
                break;
            case 'P':
                // The name of the prepared statement, then its text.
                _statements.Add(Text(frame.Body[(frame.Body.IndexOf((byte)0) + 1)..]));
                break;
        }
    }

    internal void Answered(Frame frame)
    {
        switch (frame.Type)
        {
            case 'C':
                _tags.Add(Text(frame.Body));
                break;
            case 'E':
                _failed = true;
                break;
            case 'Z':
                _isIdle = frame.Body is [(byte)'I'];
                break;
        }
    }

    // One that writes in its WITH and reads at its end is completed as a SELECT.
    [GeneratedRegex(@"^\s*WITH\b.*\b(INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|UPDATE\s+[\w.]+(\s+\w+)?\s+SET)\b", RegexOptions.Singleline)]
    private static partial Regex WritesInParts();

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes[..Math.Max(0, bytes.IndexOf((byte)0))]);
}
