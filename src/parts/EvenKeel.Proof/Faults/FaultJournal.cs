using System.Text.Json;

namespace EvenKeel.Proof.Faults;

/// <summary>
/// The faults that are in force, on disk: a line <c>"state":"intent"</c> before each is injected and a line <c>"state":"cleared"</c> after its effect
/// is over. After a crash of the program, intents without a clearing line are what may have to be undone by hand (<c>kill -CONT</c>).
/// </summary>
/// <remarks>Each line is forced to the disk before the call returns: a fault without a record is worse than a late one.</remarks>
public sealed class FaultJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    /// <summary>Starts an empty journal, replacing an older one.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="time">The clock of the lines.</param>
    public FaultJournal(string path, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        _time = time;
        FilePath = path;
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>Writes that a fault is about to be injected.</summary>
    public void Intend(PlannedFault fault) => Write(fault, "intent");

    /// <summary>Writes that a fault's effect is over, or that it never came.</summary>
    public void Clear(PlannedFault fault) => Write(fault, "cleared");

    /// <summary>Closes the file and leaves it.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(PlannedFault fault, string state)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var line = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 1,
            kind = "fault",
            at = _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture),
            number = fault.Number,
            fault = fault.Kind.ToString().ToLowerInvariant(),
            targets = fault.Targets,
            state,
        });
        lock (_gate)
        {
            _file.Write(line);
            _file.WriteByte((byte)'\n');
            _file.Flush(flushToDisk: true);
        }
    }
}
