using System.Globalization;
using System.Runtime.Versioning;

namespace EvenKeel.Fuzzing;

/// <summary>
/// Runs a target over its corpus and over damaged inputs. What fails, kills the process or does not end is kept as a file of the corpus that
/// names its seed; from then on it is run first.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class FuzzSession : IDisposable
{
    /// <summary>The first seed of the short run, which is in every run of the tests.</summary>
    public const int ShortSeed = 0;

    /// <summary>The first seed of long runs.</summary>
    public const int LongSeed = 1_000_000;

    public static readonly TimeSpan Short = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private readonly FuzzTarget _target;
    private readonly Corpus _corpus;
    private readonly LastInput _last;
    private readonly ITimer _watch;
    private readonly HashSet<string> _outcomes = [];
    private readonly List<byte[]> _pool = [];
    private long _seen = -1;

    public FuzzSession(FuzzTarget target, Corpus? corpus = null, TimeSpan? look = null)
    {
        _target = target;
        _corpus = corpus ?? Corpus.Of(target.Name);
        _corpus.AdoptInputsThatKilled();
        _last = new LastInput(_corpus.LastInputPath);
        _pool.AddRange(target.Seeds);
        _watch = TimeProvider.System.CreateTimer(_ => Watch(), null, look ?? Look, look ?? Look);
    }

    /// <summary>Inputs that were run, those of the corpus included.</summary>
    public long Executions { get; private set; }

    /// <summary>Inputs that were accepted.</summary>
    public long Accepted { get; private set; }

    /// <summary>Different outcomes that were met.</summary>
    public int Outcomes => _outcomes.Count;

    /// <summary>What was done, for the output of the test.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{_target.Name}: {Executions} executions, {Accepted} accepted, {Outcomes} outcomes, {_pool.Count} inputs to damage");

    /// <summary>Every input of the corpus once: those with a known outcome must have it still.</summary>
    public void Replay()
    {
        foreach (CorpusEntry entry in _corpus.Read())
        {
            _pool.Add(entry.Input);
            string outcome = Run(entry.Seed, entry.Input, new Random(entry.Seed), save: false);
            Assert.True(
                entry.Outcome is null || entry.Outcome == outcome,
                $"{_target.Name}, seed {entry.Seed}: '{entry.Outcome}' in the corpus and now '{outcome}', of {Convert.ToHexString(entry.Input)}. "
                + "If that is meant, take its line out: a long run finds another input.");
        }
    }

    /// <summary>Damaged inputs until the time is over.</summary>
    /// <param name="time">How long.</param>
    /// <param name="firstSeed">The first one's seed; each next one has the next.</param>
    /// <param name="keep">True to keep an input of each outcome that the corpus does not have.</param>
    public void For(TimeSpan time, int firstSeed, bool keep = false)
    {
        long start = TimeProvider.System.GetTimestamp();
        for (int seed = firstSeed; TimeProvider.System.GetElapsedTime(start) < time; seed++)
        {
            Round(seed, keep);
        }
    }

    /// <summary>One damaged input.</summary>
    public void Round(int seed, bool keep = false)
    {
        var random = new Random(seed);
        byte[] input = new Mutation(random, _target.Spice).Damage(_pool[random.Next(_pool.Count)], _pool[random.Next(_pool.Count)]);
        if (input.Length > FuzzTarget.MaxInput)
        {
            return;
        }

        int before = _outcomes.Count;
        string outcome = Run(seed, input, random, save: true);
        if (keep && _outcomes.Count > before)
        {
            _pool.Add(input);
            _corpus.Add(new CorpusEntry(seed, outcome, input));
        }
    }

    public void Dispose()
    {
        _watch.Dispose();
        _last.Dispose();
    }

    private string Run(int seed, byte[] input, Random random, bool save)
    {
        Executions++;
        _last.Set(seed, input);
        try
        {
            string outcome = _target.Run(input, random);
            _outcomes.Add(outcome);
            Accepted += outcome.StartsWith("Complete", StringComparison.Ordinal) ? 1 : 0;
            return outcome;
        }
        catch (Exception error)
        {
            string kept = save ? _corpus.Save("failed", seed, input) : "the corpus";
            throw new InvalidOperationException($"{_target.Name}, seed {seed}, kept in {kept}: {error.Message}", error);
        }
        finally
        {
            _last.Clear();
        }
    }

    // Nothing can interrupt a loop without end; the process ends instead, and the next run finds the input.
    private void Watch()
    {
        if (_last.Seed is { } seed && _seen == Executions)
        {
            Environment.FailFast($"{_target.Name}, seed {seed}: does not end");
        }

        _seen = Executions;
    }
}
