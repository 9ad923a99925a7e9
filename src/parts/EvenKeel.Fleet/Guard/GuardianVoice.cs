using System.Text;
using EvenKeel.Fleet.Processes;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Fleet.Guard;

/// <summary>Listens to what a guardian writes: first that it is ready, then what goes to the log.</summary>
internal sealed class GuardianVoice
{
    private const int WordLimit = 2000;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder words = new();
    private readonly ISpawnedProcess process;
    private readonly ILogger logger;
    private readonly Task listening;

    /// <summary>Begins to listen, until the process has closed both streams.</summary>
    public GuardianVoice(ISpawnedProcess process, ILogger logger)
    {
        this.process = process;
        this.logger = logger;
        listening = Task.WhenAll(ListenAsync(process.Output), ListenAsync(process.Error));
    }

    /// <summary>Waits for the guardian to be ready.</summary>
    /// <exception cref="ProcessStartException">It ended before, or took too long.</exception>
    public async Task ReadyAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(ready.Task, listening).WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new ProcessStartException($"The guardian, process {process.Id}, was not ready in {patience.TotalSeconds} s. Is this machine overloaded?");
        }

        if (!ready.Task.IsCompleted)
        {
            ProcessExit exit = await process.Exited.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
            throw new ProcessStartException($"The guardian ended before it was ready ({exit}). It wrote: {Words()}");
        }
    }

    private async Task ListenAsync(Stream stream)
    {
        await foreach (string line in GuardLines.ReadAsync(stream, CancellationToken.None).ConfigureAwait(false))
        {
            if (line == GuardProtocol.Ready)
            {
                ready.TrySetResult();
                continue;
            }

            logger.GuardianSays(line);
            lock (words)
            {
                if (words.Length < WordLimit)
                {
                    words.Append(line).Append(' ');
                }
            }
        }
    }

    private string Words()
    {
        lock (words)
        {
            return words.Length == 0 ? "nothing." : words.ToString();
        }
    }
}
