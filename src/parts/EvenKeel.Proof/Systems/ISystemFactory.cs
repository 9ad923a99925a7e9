namespace EvenKeel.Proof.Systems;

/// <summary>Starts the system anew for each scenario.</summary>
public interface ISystemFactory
{
    /// <summary>Starts a fresh cluster and returns without waiting for it to be ready.</summary>
    /// <param name="label">The scenario's name, for log files and messages.</param>
    /// <param name="timeScale">How many times faster than real the scenario runs: the host divides restart delays by it.</param>
    /// <param name="logFolder">The folder for the instances' logs.</param>
    /// <param name="cancellationToken">Gives up; whatever was started is stopped before the call throws.</param>
    Task<ISystemUnderTest> StartAsync(string label, double timeScale, string logFolder, CancellationToken cancellationToken);
}
