using EvenKeel.Fleet.TestProgram;

// The processes that the tests of the fleet start: args[0] says what it is.
return args switch
{
    ["listen", string address] => await Listen.RunAsync(address),
    _ => Unknown(args),
};

static int Unknown(string[] args)
{
    Console.Error.WriteLine($"Unknown: {string.Join(' ', args)}");
    return 2;
}
