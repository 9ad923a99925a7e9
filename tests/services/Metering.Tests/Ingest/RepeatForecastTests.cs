using Metering.Ingest;

namespace Metering.Tests.Ingest;

public sealed class RepeatForecastTests
{
    [Fact]
    public void None_is_expected_at_the_beginning_and_again_after_a_while_without_any()
    {
        var forecast = new RepeatForecast();
        Assert.True(forecast.AllAreNew);

        forecast.Saw(repetition: true);
        for (int i = 0; i < RepeatForecast.Calm; i++)
        {
            Assert.False(forecast.AllAreNew);
            forecast.Saw(repetition: false);
        }

        Assert.True(forecast.AllAreNew);
    }

    [Fact]
    public void A_repetition_begins_the_while_anew()
    {
        var forecast = new RepeatForecast();
        forecast.Saw(repetition: true);
        forecast.Saw(repetition: false);
        forecast.Saw(repetition: true);
        for (int i = 0; i < RepeatForecast.Calm - 1; i++)
        {
            forecast.Saw(repetition: false);
        }

        Assert.False(forecast.AllAreNew);
    }
}
