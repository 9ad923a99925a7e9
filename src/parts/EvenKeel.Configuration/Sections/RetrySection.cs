using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>What it takes to send a request again. How often is a matter of each route, and of the budget of its service.</summary>
internal static class RetrySection
{
    private static readonly Key<long> Buffer = Key.Optional("buffer", new SizeSchema(0, 128 * 1024), GatewaySection.Defaults.RetryBuffer,
        "Bytes of a request's body that are kept until its response begins. A request with more is not sent again once some of it was sent.");

    public static readonly ObjectSchema<int> Schema = new("retry", "What it takes to send a request again.", [Buffer], values => (int)values.Get(Buffer));
}
