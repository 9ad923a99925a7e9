namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>What a session is recognised by.</summary>
/// <param name="Id">The id of the session and of its leader.</param>
/// <param name="StartTime">The leader's start time.</param>
/// <param name="Marker">The id that its processes carry in their environment (<see cref="SessionMarker"/>).</param>
internal readonly record struct SessionKey(int Id, long StartTime, string Marker);
