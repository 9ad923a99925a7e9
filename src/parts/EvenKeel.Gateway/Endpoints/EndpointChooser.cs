namespace EvenKeel.Gateway.Endpoints;

/// <summary>Chooses in turn.</summary>
public sealed class EndpointChooser(EndpointDirectory directory, string service)
{
    private int _next;

    /// <summary>Chooses.</summary>
    public EndpointState? Choose(in ChooseContext context)
    {
        var all = directory.All;
        for (var i = 0; i < all.Length; i++)
        {
            var one = all[(uint)Interlocked.Increment(ref _next) % all.Length];
            if (one.Service == service && !context.Tried.Contains(one))
            {
                return one;
            }
        }

        return null;
    }
}
