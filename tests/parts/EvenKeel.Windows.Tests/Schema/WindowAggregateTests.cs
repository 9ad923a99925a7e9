using EvenKeel.Windows.Schema;

namespace EvenKeel.Windows.Tests.Schema;

public sealed class WindowAggregateTests
{
    [Theory]
    [InlineData("p = @partition AND t >= @start AND t < @end", "p = w.partition AND t >= w.start AND t < (w.start + @length)")]
    [InlineData("@start,@start", "w.start,w.start")]
    [InlineData("data @> '{}' AND tags @@ q AND @ends AND @starting", "data @> '{}' AND tags @@ q AND @ends AND @starting")]
    [InlineData("f(@partition)::text", "f(w.partition)::text")]
    public void Parameters_become_columns_of_the_row(string aggregate, string expected) => Assert.Equal(expected, WindowAggregate.Of(aggregate, "w"));
}
