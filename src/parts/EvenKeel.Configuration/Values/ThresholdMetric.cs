namespace EvenKeel.Configuration.Values;

/// <summary>What a threshold judges.</summary>
public enum ThresholdMetric
{
    /// <summary>A quantile of the response times, <see cref="Threshold.Quantile"/>; seconds.</summary>
    Quantile = 0,

    /// <summary>The longest response time; seconds.</summary>
    Max = 1,

    /// <summary>The mean response time; seconds.</summary>
    Mean = 2,

    /// <summary>Failed requests divided by all requests; 0 to 1.</summary>
    Errors = 3,

    /// <summary>Completed requests per second.</summary>
    Rate = 4,
}
