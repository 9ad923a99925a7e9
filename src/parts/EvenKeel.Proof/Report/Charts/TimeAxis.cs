using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Charts;

/// <summary>The time axis that all charts of a scenario share, with its phases and faults behind them.</summary>
internal sealed class TimeAxis
{
    /// <summary>Width of a chart in its own units.</summary>
    public const double Width = 1000;

    /// <summary>Where time begins; labels stand to the left.</summary>
    public const double Left = 96;

    private const double Right = 988;
    private readonly ScenarioReport _scenario;

    /// <summary>An axis from zero to the end of everything that has a time.</summary>
    public TimeAxis(ScenarioReport scenario)
    {
        _scenario = scenario;
        var operations = scenario.History.Operations;
        var ends = new List<TimeSpan> { TimeSpan.FromMilliseconds(100) };
        ends.AddRange(scenario.Phases.Select(static phase => phase.End));
        ends.AddRange(scenario.Instances.SelectMany(static one => one.Spans).Select(static span => span.End));
        if (!operations.IsEmpty)
        {
            ends.Add(operations.Max(static operation => operation.End));
        }

        End = ends.Max();
    }

    /// <summary>The end of time.</summary>
    public TimeSpan End { get; }

    /// <summary>Where a moment stands.</summary>
    public double X(TimeSpan at) => Left + (Math.Clamp(at / End, 0, 1) * (Right - Left));

    /// <summary>Draws faults as hatched bands and phases as dashed lines, from the top down to a height.</summary>
    public void DrawBackground(Markup markup, double height)
    {
        foreach (var fault in _scenario.Faults)
        {
            if (fault.ConfirmedAt is not { } start)
            {
                continue;
            }

            var end = fault.RecoveredAt ?? fault.RevertedAt ?? End;
            markup.Open(
                "rect",
                ("class", "fault"),
                ("x", Markup.Number(X(start))),
                ("y", "0"),
                ("width", Markup.Number(Math.Max(1.5, X(end) - X(start)))),
                ("height", Markup.Number(height)))
                .Leaf("title", $"{fault.Kind} {fault.Target}, {Words.Moment(start)} to {Words.Moment(end)}").Close();
        }

        foreach (var phase in _scenario.Phases.Skip(1))
        {
            var x = Markup.Number(X(phase.Start));
            markup.Empty("line", ("class", "phase"), ("x1", x), ("x2", x), ("y1", "0"), ("y2", Markup.Number(height)));
        }
    }

    /// <summary>Draws the line of seconds below a chart; takes 22 units of height.</summary>
    public void DrawSeconds(Markup markup, double y)
    {
        markup.Empty("line", ("class", "axis"), ("x1", Markup.Number(Left)), ("x2", Markup.Number(Right)), ("y1", Markup.Number(y)), ("y2", Markup.Number(y)));
        var step = Step(End.TotalSeconds / 10);
        for (var second = 0.0; second <= End.TotalSeconds + 1e-9; second += step)
        {
            var x = X(TimeSpan.FromSeconds(second));
            markup.Empty("line", ("class", "axis"), ("x1", Markup.Number(x)), ("x2", Markup.Number(x)), ("y1", Markup.Number(y)), ("y2", Markup.Number(y + 4)));
            markup.Leaf(
                "text",
                Markup.Number(second) + " s",
                ("class", "tick"),
                ("x", Markup.Number(x)),
                ("y", Markup.Number(y + 16)),
                ("text-anchor", "middle"));
        }
    }

    /// <summary>Names the phases above a chart.</summary>
    public void DrawPhaseNames(Markup markup, double y)
    {
        foreach (var phase in _scenario.Phases.Where(phase => X(phase.End) - X(phase.Start) > 8 * phase.Name.Length))
        {
            markup.Leaf("text", phase.Name, ("class", "tick"), ("x", Markup.Number(X(phase.Start) + 4)), ("y", Markup.Number(y)));
        }
    }

    /// <summary>The next of 1, 2, 5, 10 and so on that is not below a value.</summary>
    public static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(least, 1e-3))));
        return least <= power ? power : least <= 2 * power ? 2 * power : least <= 5 * power ? 5 * power : 10 * power;
    }
}
