namespace EvenKeel.Control.Ejection;

/// <summary>How many endpoints of a service may be out at once by ejection, and when so few are left that all are used.</summary>
public static class EjectionShare
{
    /// <summary>The most ejected endpoints: a share rounded down, but always one.</summary>
    /// <param name="endpoints">Endpoints of the service.</param>
    /// <param name="percent">The share, 0 to 100.</param>
    public static int Limit(int endpoints, int percent) => Math.Max(1, endpoints * percent / 100);

    /// <summary>True when fewer of the admitted endpoints are eligible than a share, or none.</summary>
    /// <param name="eligible">Endpoints that are well.</param>
    /// <param name="admitted">Endpoints that were ready once and do not drain, the eligible ones included.</param>
    /// <param name="percent">The threshold, 0 to 100; at 0 only none counts.</param>
    public static bool IsPanic(int eligible, int admitted, int percent)
        => admitted > 0 && (eligible == 0 || eligible * 100 < admitted * percent);
}
