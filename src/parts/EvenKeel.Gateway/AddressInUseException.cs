using System.Net;

namespace EvenKeel.Gateway;

/// <summary>The address to listen on is busy or not allowed.</summary>
public sealed class AddressInUseException : Exception
{
    /// <summary>Says which address, and why.</summary>
    public AddressInUseException(IPEndPoint address, bool isBusy, Exception inner, string setting = "gateway.listen")
        : base(
            isBusy
                ? $"Nothing can listen on {address}: another process does. Stop it, or set {setting} to another address."
                : $"Nothing can listen on {address}: {inner?.Message}. Set {setting} to an address of this machine, with a port above 1023.",
            inner)
    {
        Address = address;
        Setting = setting;
        IsBusy = isBusy;
    }

    /// <summary>The address.</summary>
    public IPEndPoint Address { get; }

    /// <summary>The key of the file that names the address.</summary>
    public string Setting { get; }

    /// <summary>True when something else listens there; false when the address is not this machine's, or the port needs privileges.</summary>
    public bool IsBusy { get; }
}
