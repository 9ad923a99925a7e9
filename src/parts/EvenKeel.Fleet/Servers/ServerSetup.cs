using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Servers;

/// <summary>One server that is being set up.</summary>
/// <param name="Service">The service, with its port.</param>
/// <param name="Server">What the file says of it.</param>
/// <param name="Program">The absolute path of its program.</param>
/// <param name="Account">Whom it runs as.</param>
/// <param name="Folder">Its folder, which exists.</param>
/// <param name="Targets">The instances of its targets.</param>
/// <param name="Site">With what it is set up.</param>
internal sealed record ServerSetup(
    ServiceOptions Service, ServerOptions Server, string Program, ServerAccount Account, string Folder, IReadOnlyList<ServerTarget> Targets, ServerSite Site)
{
    /// <summary>The port.</summary>
    public int Port => Service.Ports[0];

    /// <summary>The service as it is started: the command under the account, in the server's folder.</summary>
    public ServiceOptions Run(params IEnumerable<string> arguments) => Service with
    {
        Command = Account.Run([Program, .. arguments]),
        Directory = Folder,
        Instances = 1,
    };

    /// <summary>Runs a program under the account to its end.</summary>
    /// <exception cref="ServerUnavailableException">It failed; the message has what it complained about.</exception>
    public async Task RunToEndAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Site.Spawner.Start(new ProcessStart(Account.Run([program, .. arguments]), Folder, Site.Environment));
        using var output = new StreamReader(process.Output);
        using var error = new StreamReader(process.Error);
        try
        {
            var said = output.ReadToEndAsync(cancellationToken);
            var complaint = await error.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await said.ConfigureAwait(false);
            var exit = await process.Exited.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (exit.Code != 0)
            {
                throw new ServerUnavailableException(
                    $"'{Service.Name}' could not be set up: {Path.GetFileName(program)} ended with {exit}: {complaint.Trim()}", $"its folder is {Folder}");
            }
        }
        catch (OperationCanceledException)
        {
            process.Signal(ProcessSignal.Kill);
            throw;
        }
    }
}
