namespace EvenKeel.Configuration.Values;

/// <summary>How a threshold compares what was measured with its value.</summary>
public enum ThresholdOperator
{
    /// <summary>Measured is below the value.</summary>
    Less = 0,

    /// <summary>Measured is not above the value.</summary>
    LessOrEqual = 1,

    /// <summary>Measured is above the value.</summary>
    Greater = 2,

    /// <summary>Measured is not below the value.</summary>
    GreaterOrEqual = 3,
}
