using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Limits;

/// <summary>The permits that one caller has under one rule in one window.</summary>
/// <param name="Rule">The name of the rule, such as <c>default</c>.</param>
/// <param name="Key">The caller: <c>user:{id}</c> or <c>address:{address}</c>.</param>
/// <param name="Window">The number of the window, counted from 1970 in lengths of the window.</param>
public sealed record Allowance(string Rule, string Key, long Window);

/// <summary>A node has given out all that it may of an allowance and asks its owner for more. Answered with <see cref="PermitsLeased"/>.</summary>
/// <param name="Node">The node, by the address and number of its actor system.</param>
/// <param name="Of">Whose permits.</param>
/// <param name="Ends">When the window ends by the node's clock.</param>
/// <param name="Limit">Permits a window in the whole cluster.</param>
/// <param name="Unasked">Permits that a node gives out before it asks for the first time.</param>
/// <param name="Used">Permits that the node has given out in this window.</param>
/// <param name="Want">Requests that wait for one.</param>
/// <param name="FailuresToLock">Failures after which the caller is locked out; null where failures do not count.</param>
public sealed record LeasePermits(string Node, Allowance Of, DateTimeOffset Ends, int Limit, int Unasked, int Used, int Want, int? FailuresToLock) : ICommand;

/// <summary>What a node may give out of an allowance. Absolute, so that a repeat does no harm.</summary>
/// <param name="Of">Whose permits.</param>
/// <param name="Granted">Permits that the node may give out in this window, those it has given out included.</param>
/// <param name="Others">Permits that the other nodes have given out or may give out.</param>
/// <param name="Spent">The whole cluster has given out all of them: asking again in this window is of no use.</param>
/// <param name="LockedUntil">The caller is locked out until then; null for not at all.</param>
public sealed record PermitsLeased(Allowance Of, int Granted, int Others, bool Spent, DateTimeOffset? LockedUntil) : IReply;

/// <summary>Asks a web node to give out no more of an allowance than it has, and to say how many that is: <see cref="PermitsRecalled"/>.</summary>
/// <param name="Of">Whose permits.</param>
/// <param name="Round">Comes back with the answer.</param>
public sealed record RecallPermits(Allowance Of, long Round) : IQuery;

/// <summary>A node gives out no more of an allowance until it is granted more.</summary>
/// <param name="Node">The node.</param>
/// <param name="Of">Whose permits.</param>
/// <param name="Round">Of the question.</param>
/// <param name="Used">Permits that the node has given out in this window.</param>
/// <param name="Failures">The caller's failures on this node; null for none.</param>
public sealed record PermitsRecalled(string Node, Allowance Of, long Round, int Used, Failures? Failures) : IReply;

/// <summary>A caller's failures on one node, sent to the owner with each new one.</summary>
/// <param name="Node">The node.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Key">The caller.</param>
/// <param name="Failures">All of them on this node.</param>
public sealed record ReportFailures(string Node, string Rule, string Key, Failures Failures) : ISignal;

/// <summary>Failed attempts of a caller on one node.</summary>
/// <param name="Count">How many, from 1.</param>
/// <param name="Since">When the first of them was; all count until <see cref="LockOutRules.Window"/> after it.</param>
public sealed record Failures(int Count, DateTimeOffset Since);
