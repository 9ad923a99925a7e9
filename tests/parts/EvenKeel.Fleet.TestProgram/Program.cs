using EvenKeel.Fleet.Guard;
using EvenKeel.Fleet.TestProgram;

// The processes that the tests of the fleet start: args[0] says what it is.
return args switch
{
    ["listen", string address] => await Listen.RunAsync(address),
    ["guardian"] => await GuardianProgram.RunAsync(Console.OpenStandardInput(), Console.Out, TimeProvider.System, CancellationToken.None),
    ["supervise", string script] => await Supervise.RunAsync(script),
    ["adopt", string script] => await Adopt.RunAsync(script),
    ["ports", string directory, string count] => await Ports.RunAsync(directory, count),
    _ => Unknown(args),
};

static int Unknown(string[] args)
{
    Console.Error.WriteLine($"Unknown: {string.Join(' ', args)}");
    return 2;
}
