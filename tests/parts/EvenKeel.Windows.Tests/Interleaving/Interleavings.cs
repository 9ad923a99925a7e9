namespace EvenKeel.Windows.Tests.Interleaving;

/// <summary>All orders in which the steps of two sides can follow each other.</summary>
internal static class Interleavings
{
    /// <summary>Every word of so many As and Bs.</summary>
    public static IEnumerable<string> Of(int first, int second)
    {
        if (first == 0 || second == 0)
        {
            yield return new string('A', first) + new string('B', second);
            yield break;
        }

        foreach (string rest in Of(first - 1, second))
        {
            yield return 'A' + rest;
        }

        foreach (string rest in Of(first, second - 1))
        {
            yield return 'B' + rest;
        }
    }

    /// <summary>Runs two pieces of work in one of the orders. A step that waits for a lock is completed when the other side gives it free.</summary>
    public static async Task RunAsync(string order, SteppedSide a, Func<Task> first, SteppedSide b, Func<Task> second)
    {
        Task doingFirst = a.Begin(first), doingSecond = b.Begin(second);
        foreach (char step in order)
        {
            await (step == 'A' ? a.StepAsync(doingFirst) : b.StepAsync(doingSecond));
        }

        a.Open();
        b.Open();
        await Task.WhenAll(doingFirst, doingSecond);
    }
}
