using System.Reflection;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

public sealed class EveryTransportTests
{
    [Fact]
    public void Every_transport_runs_every_conformance_suite()
    {
        Type[] transports = [.. typeof(LoopGroup).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LoopGroup)) && !type.IsAbstract)];
        Type[] all = Assembly.GetExecutingAssembly().GetTypes();
        Type[] suites = [.. all.Where(type => type.IsAbstract && type.Name.EndsWith("Conformance`1", StringComparison.Ordinal))];
        Assert.True(transports.Length >= 2, "the transports were not found");
        Assert.True(suites.Length >= 6, "the suites were not found");
        foreach (Type transport in transports)
        {
            foreach (Type suite in suites)
            {
                Assert.True(
                    all.Any(type => !type.IsAbstract && type.IsSubclassOf(suite.MakeGenericType(transport))),
                    $"{transport.Name} does not run {suite.Name}: add a test class that derives from it");
            }
        }
    }
}
