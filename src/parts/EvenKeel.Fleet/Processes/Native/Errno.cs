namespace EvenKeel.Fleet.Processes.Native;

/// <summary>The error numbers of Linux that are told apart here.</summary>
internal static class Errno
{
    public const int NoEntry = 2;
    public const int NoProcess = 3;
    public const int Interrupted = 4;
    public const int ArgumentsTooLong = 7;
    public const int NotExecutable = 8;
    public const int NoChild = 10;
    public const int Again = 11;
    public const int OutOfMemory = 12;
    public const int Access = 13;
    public const int SystemFileTable = 23;
    public const int ProcessFileTable = 24;
    public const int BrokenPipe = 32;
}
