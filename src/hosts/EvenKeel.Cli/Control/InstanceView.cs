namespace EvenKeel.Cli.Control;

/// <summary>An instance as listings show it.</summary>
/// <param name="Name">Its name, such as <c>web-2</c>.</param>
/// <param name="Service">Its service.</param>
/// <param name="State">Its state, in lower case.</param>
/// <param name="Generation">How often this name was started: 1 for the first time.</param>
/// <param name="Restarts">How often it was started again.</param>
/// <param name="Pid">Its process id, or null while it has none.</param>
/// <param name="Port">Its port.</param>
/// <param name="StateForMs">How long it has been in its state, in milliseconds.</param>
/// <param name="LastExit">How it ended last, or null.</param>
internal sealed record InstanceView(
    string Name,
    string Service,
    string State,
    int Generation,
    int Restarts,
    int? Pid,
    int? Port,
    double StateForMs,
    string? LastExit);
