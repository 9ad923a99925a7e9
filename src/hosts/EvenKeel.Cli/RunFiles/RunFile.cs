namespace EvenKeel.Cli.RunFiles;

/// <summary>What a running cluster tells about itself in <c>.evenkeel/run/NAME.json</c>.</summary>
/// <param name="SchemaVersion">The version of this form: 1.</param>
/// <param name="Name">The cluster's name.</param>
/// <param name="Pid">The supervisor's process id.</param>
/// <param name="StartTime">The supervisor's start time, which tells it from a later process with the same id.</param>
/// <param name="File">The configuration file that it was started with.</param>
/// <param name="Gateway">Where clients connect, or null while it starts.</param>
/// <param name="Control">Where the control API listens, or null while it starts.</param>
/// <param name="Ready">True once every instance was ready.</param>
/// <param name="StartedAt">When it was started.</param>
internal sealed record RunFile(
    int SchemaVersion,
    string Name,
    int Pid,
    long StartTime,
    string File,
    Uri? Gateway,
    Uri? Control,
    bool Ready,
    DateTimeOffset StartedAt);
