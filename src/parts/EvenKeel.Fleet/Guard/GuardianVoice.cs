using System.Text;
using EvenKeel.Fleet.Processes;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Fleet.Guard;

/// <summary>Listens to what a guardian writes: first that it is ready, then what goes to the log.</summary>
internal sealed class GuardianVoice
{
    private const int WordLimit = 2000;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _words = new();
    private readonly ISpawnedProcess _process;
    private readonly ILogger _logger;
    private readonly Task _listening;

    /// <summary>Begins to listen, until the process has closed both streams.</summary>
    public GuardianVoice(ISpawnedProcess process, ILogger logger)
    {
        _process = process;
        _logger = logger;
        _listening = Task.WhenAll(ListenAsync(process.Output), ListenAsync(process.Error));
    }

    /// <summary>Waits for the guardian to be ready.</summary>
    /// <exception cref="ProcessStartException">It ended before, or took too long.</exception>
    public async Task ReadyAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(_ready.Task, _listening).WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new ProcessStartException($"The guardian, process {_process.Id}, was not ready in {patience.TotalSeconds} s. Is this machine overloaded?");
        }

        if (!_ready.Task.IsCompleted)
        {
            ProcessExit exit = await _process.Exited.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
            throw new ProcessStartException($"The guardian ended before it was ready ({exit}). It wrote: {Words()}");
        }
    }

    private async Task ListenAsync(Stream stream)
    {
        await foreach (string line in GuardLines.ReadAsync(stream, CancellationToken.None).ConfigureAwait(false))
        {
            if (line == GuardProtocol.Ready)
            {
                _ready.TrySetResult();
                continue;
            }

            _logger.GuardianSays(line);
            lock (_words)
            {
                if (_words.Length < WordLimit)
                {
                    _words.Append(line).Append(' ');
                }
            }
        }
    }

    private string Words()
    {
        lock (_words)
        {
            return _words.Length == 0 ? "nothing." : _words.ToString();
        }
    }
}
