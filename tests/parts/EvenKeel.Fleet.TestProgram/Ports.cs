using System.Globalization;
using EvenKeel.Fleet.Ports;

namespace EvenKeel.Fleet.TestProgram;

/// <summary>Waits for a line, then reserves ports one after the other, writes them, and holds them until its input ends.</summary>
internal static class Ports
{
    public static async Task<int> RunAsync(string directory, string count)
    {
        PortAllocator allocator = new(directory, PortRange.OfThisSystem());
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        List<PortReservation> held = [];
        for (int number = int.Parse(count, CultureInfo.InvariantCulture); number > 0; number--)
        {
            held.Add(allocator.Allocate());
            Console.WriteLine(held[^1].Port.ToString(CultureInfo.InvariantCulture));
        }

        await Console.In.ReadLineAsync();
        held.ForEach(reservation => reservation.Dispose());
        return 0;
    }
}
