using WildNOut.Actors.Engine;
using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Wallets;
using Xunit;

namespace WildNOut.Actors.Tests.Wallets;

public sealed class SessionsSpec
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("01930000-0000-7000-8000-000000000001");
    private static readonly SessionStarted Started = new("ann", Id, "X", "family", "one", Now);

    [Fact]
    public void A_session_is_opened_refreshed_and_listed()
    {
        var sessions = None();
        sessions.When(new StartSession(Id, "X", "family", "one"), Now).Then(Started).Replying(new SessionView(Id, "X", Now, Now, Now.AddDays(30)));
        sessions.When(new RefreshSession(Id, "family", "one", "two"), Now.AddDays(1))
            .Then(new SessionRefreshed("ann", Id, "two", Now.AddDays(1))).Replying(new SessionView(Id, "X", Now, Now.AddDays(1), Now.AddDays(31)));
        Assert.Single(sessions.Asked<SessionsView>(new GetSessions(), Now.AddDays(2)).Items);
    }

    [Fact]
    public void An_old_token_ends_the_session_for_whoever_has_the_new_one_too()
    {
        var sessions = None().Given(Started, new SessionRefreshed("ann", Id, "two", Now));
        sessions.When(new RefreshSession(Id, "family", "one", "x"), Now)
            .ThenRejected(RejectionKind.Unprocessable, "refresh_token_reused", new SessionEnded("ann", Id, SessionEnd.Reused, Now));
        sessions.When(new RefreshSession(Id, "family", "two", "three"), Now).ThenRejected(RejectionKind.Unprocessable, "invalid_refresh_token");
    }

    [Fact]
    public void A_guess_ends_nothing()
    {
        var sessions = None().Given(Started);
        sessions.When(new RefreshSession(Id, "guess", "one", "x"), Now).ThenRejected(RejectionKind.Unprocessable, "invalid_refresh_token");
        sessions.When(new RefreshSession(Guid.Empty, "family", "one", "x"), Now).ThenRejected(RejectionKind.Unprocessable, "invalid_refresh_token");
        sessions.When(new LogOut(Id, "guess"), Now).ThenNothingHappens();
        sessions.When(new RefreshSession(Id, "family", "one", "two"), Now).Then(new SessionRefreshed("ann", Id, "two", Now));
    }

    [Fact]
    public void A_session_holds_for_30_days_after_its_last_refresh_and_90_at_the_most()
    {
        var sessions = None().Given(Started);
        sessions.When(new RefreshSession(Id, "family", "one", "two"), Now.AddDays(30)).ThenRejected(RejectionKind.Unprocessable, "invalid_refresh_token");
        Assert.Empty(sessions.Asked<SessionsView>(new GetSessions(), Now.AddDays(30)).Items);
        for (var day = 29; day <= 87; day += 29)
        {
            sessions.Given(new SessionRefreshed("ann", Id, $"{day}", Now.AddDays(day)));
        }

        Assert.Equal(Now.AddDays(90), sessions.Asked<SessionsView>(new GetSessions(), Now.AddDays(88)).Items[0].ExpiresAt);
        sessions.When(new RefreshSession(Id, "family", "87", "x"), Now.AddDays(90)).ThenRejected(RejectionKind.Unprocessable, "invalid_refresh_token");
    }

    [Fact]
    public void A_session_is_ended_by_its_holder_by_its_user_and_with_its_wallet()
    {
        None().Given(Started).When(new LogOut(Id, "family"), Now).Then(new SessionEnded("ann", Id, SessionEnd.LoggedOut, Now));
        None().Given(Started).When(new EndSession(Id), Now).Then(new SessionEnded("ann", Id, SessionEnd.Revoked, Now));
        None().When(new EndSession(Id), Now).ThenRejected(RejectionKind.NotFound, "not_found");
        var sessions = None().Given(Started, Started with { SessionId = Guid.Empty, Address = "Y" });
        sessions.When(new EndSessionsOf("X"), Now).Then(new SessionEnded("ann", Id, SessionEnd.Disconnected, Now));
        Assert.Equal("Y", Assert.Single(sessions.State.Sessions).Address);
    }

    [Fact]
    public void The_oldest_session_makes_room_and_the_expired_go_without_a_word()
    {
        var ids = Enumerable.Range(0, 51).Select(_ => Guid.CreateVersion7()).ToArray();
        var full = None().Given(ids.Take(50).Select((id, i) => Started with { SessionId = id, At = Now.AddSeconds(i) }));
        full.When(new StartSession(ids[50], "X", "f", "s"), Now.AddMinutes(1)).Then(
            new SessionEnded("ann", ids[0], SessionEnd.Crowded, Now.AddMinutes(1)), new SessionStarted("ann", ids[50], "X", "f", "s", Now.AddMinutes(1)));
        Assert.Equal(50, full.State.Sessions.Count);
        full.When(new StartSession(Id, "X", "f", "s"), Now.AddDays(100)).Then(new SessionStarted("ann", Id, "X", "f", "s", Now.AddDays(100)));
        Assert.Single(full.State.Sessions);
    }

    private static Scenario<SessionsState, ISessionsCommand, ISessionsEvent> None() => new(new SessionsDefinition(), "ann");
}
