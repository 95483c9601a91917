using WildNOut.Actors.Battles;

namespace WildNOut.Web.Endpoints;

/// <summary>A voter's votes on one battle.</summary>
public sealed record VoteList(IReadOnlyList<VoteReceipt> Items);

/// <summary>A bearer token.</summary>
/// <param name="Token">Goes into the header <c>Authorization: Bearer …</c>.</param>
/// <param name="ExpiresAt">The instant from which it no longer holds.</param>
public sealed record TokenResponse(string Token, DateTimeOffset ExpiresAt);
