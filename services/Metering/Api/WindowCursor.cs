using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Metering.Events;

namespace Metering.Api;

/// <summary>
/// The last row of a page: what follows it is the next page. Any number of customers have a window at one start, and a window any number of
/// revisions, so that a start alone names no place.
/// </summary>
/// <param name="Start">When the window begins, in UTC.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Revision">The revision; 0 of an open window.</param>
internal sealed record WindowCursor(DateTime Start, string Customer, int Revision)
{
    private const char Between = '~';
    private const string Format = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out WindowCursor? cursor)
    {
        cursor = text.Split(Between) is [var start, var customer, var revision]
            && DateTime.TryParseExact(
                start, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime moment)
            && EventRules.IsCustomer(customer)
            && int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? new WindowCursor(moment, customer, number)
                : null;
        return cursor is not null;
    }

    /// <summary>Text that needs no escaping in an address.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Start:yyyy-MM-ddTHH:mm:ss.ffffffZ}{Between}{Customer}{Between}{Revision}");
}
