using System.Text;

namespace EvenKeel.Fleet.Guard;

/// <summary>Reads lines of ASCII from a pipe; of one that is too long only the beginning is kept, which then is over the limit.</summary>
internal static class GuardLines
{
    /// <summary>The lines until the pipe ends. What follows the last line end is no line: its writer died over it.</summary>
    public static async IAsyncEnumerable<string> ReadAsync(
        Stream input, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        StringBuilder line = new();
        int count;
        while ((count = await ReadSomeAsync(input, buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            for (int index = 0; index < count; index++)
            {
                if (buffer[index] == '\n')
                {
                    string whole = line.ToString();
                    line.Clear();
                    yield return whole;
                }
                else if (line.Length <= GuardProtocol.LineLimit)
                {
                    line.Append((char)buffer[index]);
                }
            }
        }
    }

    /// <summary>A pipe that fails has ended: whoever wrote it is gone.</summary>
    private static async ValueTask<int> ReadSomeAsync(Stream input, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
