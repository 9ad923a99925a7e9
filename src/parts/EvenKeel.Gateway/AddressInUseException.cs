using System.Net;

namespace EvenKeel.Gateway;

/// <summary>The address to listen on is busy or not allowed.</summary>
public sealed class AddressInUseException : Exception
{
    /// <summary>Says which address, and why.</summary>
    public AddressInUseException(IPEndPoint address, bool isBusy, Exception inner)
        : base(
            isBusy
                ? $"Nothing can listen on {address}: another process does. Stop it, or set gateway.listen to another address."
                : $"Nothing can listen on {address}: {inner?.Message}. Set gateway.listen to an address of this machine, with a port above 1023.",
            inner)
    {
        Address = address;
        IsBusy = isBusy;
    }

    /// <summary>The address.</summary>
    public IPEndPoint Address { get; }

    /// <summary>True when something else listens there; false when the address is not this machine's, or the port needs privileges.</summary>
    public bool IsBusy { get; }
}
