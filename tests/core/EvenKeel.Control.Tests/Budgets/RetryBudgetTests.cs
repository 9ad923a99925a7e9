using EvenKeel.Control.Budgets;

namespace EvenKeel.Control.Tests.Budgets;

public sealed class RetryBudgetTests
{
    [Fact]
    public void A_share_of_the_requests_and_a_reserve_for_each_second_may_be_retried()
    {
        var budget = new RetryBudget(new RetryBudgetRules(20, 10, TimeSpan.FromSeconds(10)));
        budget.AddRequests(TimeSpan.Zero, 1000);
        Assert.Equal(300, Enumerable.Range(0, 1000).Count(_ => budget.TryTake(TimeSpan.Zero)));
        Assert.Equal(0, budget.Left);
    }

    [Fact]
    public void Retries_are_no_requests_and_earn_nothing()
    {
        var budget = new RetryBudget(new RetryBudgetRules(100, 0, TimeSpan.FromSeconds(10)));
        budget.AddRequests(TimeSpan.Zero, 5);
        Assert.Equal(5, Enumerable.Range(0, 100).Count(_ => budget.TryTake(TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void What_is_over_neither_allows_nor_forbids()
    {
        var budget = new RetryBudget(new RetryBudgetRules(10, 0, TimeSpan.FromSeconds(10)));
        budget.AddRequests(TimeSpan.Zero, 10);
        Assert.True(budget.TryTake(TimeSpan.FromSeconds(9)));
        Assert.False(budget.TryTake(TimeSpan.FromSeconds(9)));
        Assert.False(budget.TryTake(TimeSpan.FromSeconds(10)));
        budget.AddRequests(TimeSpan.FromSeconds(19), 10);
        Assert.True(budget.TryTake(TimeSpan.FromSeconds(19)));
    }

    [Fact]
    public void In_no_window_are_there_more_than_the_rules_say()
    {
        var budget = new RetryBudget(new RetryBudgetRules(20, 10, TimeSpan.FromSeconds(10)));
        var random = new Random(3);
        var requests = new int[600];
        var retries = new int[600];
        for (int tenth = 0; tenth < 600; tenth++)
        {
            var now = TimeSpan.FromSeconds(tenth / 10.0);
            requests[tenth] = random.Next(200);
            budget.AddRequests(now, requests[tenth]);
            retries[tenth] = Enumerable.Range(0, requests[tenth]).Count(_ => budget.TryTake(now));
        }

        // Slots of a second: a window of whole seconds holds what the rule says of it.
        for (int second = 10; second <= 60; second++)
        {
            var window = new Range((second * 10) - 100, second * 10);
            Assert.InRange(retries[window].Sum(), 1, (requests[window].Sum() * 0.2) + 100);
        }
    }
}
