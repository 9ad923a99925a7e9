using EvenKeel.Transport.Loops;

namespace Subject;

/// <summary>
/// Bytes that the loop's own thread allocated, once a second beside the requests completed until then. What counts is the steady state: the
/// second half of the seconds that saw requests.
/// </summary>
internal sealed class AllocationMeter : IDisposable
{
    private readonly List<(long Bytes, long Requests)> _samples = [];
    private readonly EventLoop _loop;
    private readonly Func<long> _requests;
    private readonly ITimer _timer;

    public AllocationMeter(EventLoop loop, Func<long> requests)
    {
        _loop = loop;
        _requests = requests;
        _timer = TimeProvider.System.CreateTimer(
            _ => _loop.Post(static state => ((AllocationMeter)state!).Sample(), this), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public string Describe()
    {
        lock (_samples)
        {
            var busy = _samples.Where((sample, i) => i > 0 && sample.Requests - _samples[i - 1].Requests > 100).ToList();
            if (busy.Count < 4)
            {
                return "allocation: too few seconds with requests to tell";
            }

            var (from, to) = (busy[busy.Count / 2], busy[^1]);
            var requests = to.Requests - from.Requests;
            return FormattableString.Invariant(
                $"allocation: {to.Bytes - from.Bytes} bytes in {requests} requests, {(double)(to.Bytes - from.Bytes) / requests:0.00} each");
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        lock (_samples)
        {
            _samples.Add((GC.GetAllocatedBytesForCurrentThread(), _requests()));
        }
    }
}
