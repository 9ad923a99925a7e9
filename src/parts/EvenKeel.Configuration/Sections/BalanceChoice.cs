using EvenKeel.Configuration.Model;

namespace EvenKeel.Configuration.Sections;

/// <summary>What a route's key <c>balance</c> says.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Hash">The settings of policies that hash.</param>
internal sealed record BalanceChoice(BalancePolicy Policy, HashOptions Hash);
