using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using Xunit;
using static WildNOut.Actors.Tests.Users.Somebody;

namespace WildNOut.Actors.Tests.Users;

public sealed class ProfileSpec
{
    private static readonly EntityAddress Mc = new("username", "emcee");

    [Fact]
    public void Nobody_is_here_without_a_name_and_any_command_brings_them_here()
    {
        var claim = new Question($"given:{GivenName}", new EntityAddress("username", GivenName), new ClaimUsername(Id, ForGood: true));
        foreach (var command in new IUserCommand[] { new WelcomeUser(), Edit(bio: "x"), Identity(), RecordDeeds.Of(Vote(1)) })
        {
            Nobody().When(command, Now).ThenAsks(claim);
            Assert.Equal(Joined, Expected().When(command, Now).Decision.Events[0]);
        }

        var user = Expected();
        user.When(new WelcomeUser(), Now).Then(Joined);
        user.When(new WelcomeUser(), Now).ThenNothingHappens();
        Assert.Empty(Definition.Outbox(user.State));
    }

    [Fact]
    public void An_admin_s_commands_bring_nobody_here()
    {
        foreach (var command in new IUserCommand[] { new GrantRole(Role.Admin, "root"), new RevokeRole("root"), Award(1, "a"), Deduct(1, "a") })
        {
            Nobody().When(command, Now).ThenRejected(RejectionKind.NotFound, "not_found");
        }
    }

    [Fact]
    public void A_profile_is_edited_field_by_field_and_an_empty_text_empties_one()
    {
        var user = New();
        user.When(Edit(displayName: " Ann ", bio: "Rhymes", showWallets: true), Now).Then(new ProfileUpdated(Id, "Ann", "Rhymes", null, true, false, 2, Now));
        user.When(Edit(bio: "", avatarUrl: "https://x.org/a.png"), Now).Then(new ProfileUpdated(Id, "Ann", null, "https://x.org/a.png", true, false, 3, Now));
        user.When(Edit(displayName: "Ann"), Now).ThenNothingHappens();
        var view = user.Asked<UserView>(new GetUser(), Now);
        Assert.Equal(("Ann", null, "https://x.org/a.png", 3), (view.DisplayName, view.Bio, view.AvatarUrl, view.Version));
    }

    [Fact]
    public void An_edit_of_an_older_version_is_refused()
    {
        var user = New();
        user.When(Edit(bio: "one", version: 1), Now);
        user.When(Edit(bio: "two", version: 1), Now).ThenRejected(RejectionKind.Stale, "stale_version");
        user.When(Award(10, "a"), Now);
        user.When(Edit(bio: "two", version: 2), Now).Then(new ProfileUpdated(Id, null, "two", null, false, false, 3, Now));
    }

    [Fact]
    public void What_is_wrong_with_an_edit_is_said_all_at_once() => New()
        .When(Edit("no good", "x", new string('b', 501), "http://x.org/a.png"), Now).ThenFaultyFields("username", "displayName", "bio", "avatarUrl");

    [Fact]
    public void A_name_is_borne_once_it_is_granted_and_the_one_before_is_given_back()
    {
        var user = New();
        var edit = Edit(username: "EMCEE", bio: "x", version: 1);
        user.When(edit, Now).ThenAsks(new Question("claim:emcee", Mc, new ClaimUsername(Id)));
        user.Heard(Granted("emcee", 7));
        user.When(edit, Now).Then(new UsernameSet(Id, "emcee", 7, GivenName, 1, 2, Now), new ProfileUpdated(Id, null, "x", null, false, false, 3, Now));
        Assert.Equal(
            [
                new Question($"release:{GivenName}", new EntityAddress("username", GivenName), new ReleaseUsername(Id, 1)),
                new Question("confirm:emcee", Mc, new ConfirmUsername(Id, 7)),
            ],
            Definition.Outbox(user.State));
        user.When(Heard("emcee", 7, ClaimStatus.Confirmed), Now).Then(new UsernameConfirmed(Id, "emcee", 7, Now));
        user.When(Heard(GivenName, 1, ClaimStatus.Released), Now).Then(new UsernameReleased(Id, GivenName, 1, Now));
        Assert.Empty(Definition.Outbox(user.State));
        user.When(Edit(username: "emceE"), Now).ThenNothingHappens();
    }

    [Fact]
    public void An_edit_may_bring_somebody_here_and_choose_their_name()
    {
        var user = Nobody();
        var edit = Edit(username: "emcee");
        user.When(edit, Now).ThenAsks(new Question($"given:{GivenName}", new EntityAddress("username", GivenName), new ClaimUsername(Id, ForGood: true)));
        user.Heard(Granted(GivenName)).When(edit, Now).ThenAsks(new Question("claim:emcee", Mc, new ClaimUsername(Id)));
        user.Heard(Granted("emcee", 4)).When(edit, Now).Then(Joined, new UsernameSet(Id, "emcee", 4, GivenName, 1, 2, Now));
        Assert.Empty(user.State.Granted);
    }

    [Fact]
    public void A_taken_name_refuses_the_edit_as_a_whole() =>
        New().When(Heard("emcee", 3, ClaimStatus.Taken), Now).ThenRejected(RejectionKind.Conflict, "username_taken");

    [Fact]
    public void A_granted_claim_that_has_grown_old_is_asked_for_again() =>
        New().Heard(Granted("emcee", 7)).When(Edit(username: "emcee"), Now.AddMinutes(5)).ThenAsks(new Question("claim:emcee", Mc, new ClaimUsername(Id)));

    [Fact]
    public void A_name_that_is_taken_up_again_waits_for_its_release_to_arrive()
    {
        var user = New().Given(new UsernameSet(Id, "emcee", 7, GivenName, 1, 2, Now), new UsernameSet(Id, "dj", 1, "emcee", 7, 3, Now)).Heard(Granted("emcee", 7));
        user.When(Edit(username: "emcee"), Now).ThenAsks(new Question("release:emcee", Mc, new ReleaseUsername(Id, 7)));
    }

    [Fact]
    public void Who_loses_a_name_bears_the_given_one_again()
    {
        var user = New().Given(new UsernameSet(Id, "emcee", 7, GivenName, 1, 2, Now));
        user.When(Heard("emcee", 6, ClaimStatus.Lost), Now).ThenNothingHappens();
        user.When(Heard("emcee", 7, ClaimStatus.Lost), Now).Then(new UsernameLost(Id, "emcee", 7, 3, Now));
        Assert.Equal([$"release:{GivenName}"], Definition.Outbox(user.State).Select(question => question.Key));
        user.Given(new UsernameReleased(Id, GivenName, 1, Now));
        Assert.Equal([$"given:{GivenName}"], Definition.Outbox(user.State).Select(question => question.Key));
        user.When(Heard(GivenName, 2, ClaimStatus.Claimed), Now).Then(new UsernameConfirmed(Id, GivenName, 2, Now));
        Assert.Empty(Definition.Outbox(user.State));
    }

    [Fact]
    public void What_the_identity_provider_says_fills_what_the_user_has_not_changed()
    {
        var user = Expected();
        user.When(Identity(displayName: "Ann", avatarUrl: "https://x.org/1.png"), Now).Then(
            Joined,
            new IdentityLearned(Id, null, "Ann", "https://x.org/1.png", null, Version(1), Now),
            new ProfileUpdated(Id, "Ann", null, "https://x.org/1.png", false, false, 2, Now));
        user.When(Edit(displayName: "MC Ann"), Now);
        user.When(Identity(2, displayName: "Annie", avatarUrl: "https://x.org/2.png", role: Role.Moderator), Now).Then(
            new IdentityLearned(Id, null, "Annie", "https://x.org/2.png", Role.Moderator, Version(2), Now),
            new ProfileUpdated(Id, "MC Ann", null, "https://x.org/2.png", false, false, 4, Now));
        Assert.Equal(Role.Moderator, user.State.Role);
        user.When(Identity(2, displayName: "Anna"), Now).ThenNothingHappens();
        user.When(Identity(displayName: "Anna"), Now).ThenNothingHappens();
    }

    [Fact]
    public void What_is_no_good_from_the_identity_provider_is_left_out() => Expected()
        .When(Identity(username: "no good", displayName: "x", avatarUrl: "http://x.org"), Now)
        .Then(Joined, new IdentityLearned(Id, null, null, null, null, Version(1), Now));

    [Fact]
    public void The_identity_provider_s_username_is_taken_over_when_it_is_free_and_the_user_has_chosen_none()
    {
        var user = New();
        user.When(Identity(username: "EMCEE"), Now);
        Assert.Equal([new Question("wish:emcee", Mc, new ClaimUsername(Id))], Definition.Outbox(user.State));
        user.When(Heard("emcee", 4, ClaimStatus.Claimed, wished: true), Now).Then(new UsernameSet(Id, "emcee", 4, GivenName, 1, 2, Now));

        var other = New();
        other.When(Identity(username: "emcee"), Now);
        other.When(Heard("emcee", 4, ClaimStatus.Taken, wished: true), Now).Then(new UsernameRefused(Id, "emcee", Now));
        Assert.Empty(Definition.Outbox(other.State));
        other.When(Identity(2, username: "emcee"), Now);
        Assert.Empty(Definition.Outbox(other.State));

        var chosen = New().Given(new UsernameSet(Id, "dj", 1, GivenName, 1, 2, Now), new UsernameConfirmed(Id, "dj", 1, Now), new UsernameReleased(Id, GivenName, 1, Now));
        chosen.When(Identity(username: "emcee"), Now);
        Assert.Empty(Definition.Outbox(chosen.State));
    }

    [Fact]
    public void Roles_are_granted_and_taken_back_once()
    {
        var user = New();
        user.When(new GrantRole(Role.Moderator, "root"), Now).Then(new RoleGranted(Id, Role.Moderator, "root", Now));
        user.When(new GrantRole(Role.Moderator, "root"), Now).ThenNothingHappens();
        Assert.Equal(Role.Moderator, user.Asked<UserView>(new GetUser(), Now).Role);
        user.When(new RevokeRole("root"), Now).Then(new RoleRevoked(Id, "root", Now));
        user.When(new RevokeRole("root"), Now).ThenNothingHappens();
        Assert.Equal(Role.User, user.Asked<UserView>(new GetUser(), Now).Role);
    }

    [Fact]
    public void Who_gives_the_account_up_leaves_nothing_but_what_was_counted()
    {
        var user = New().Given(new ProfileUpdated(Id, "Ann", "x", null, true, true, 2, Now), Awarded(120, "a", 120));
        user.When(RecordDeeds.Of(Vote(1)), Now);
        user.When(new DeleteUser("ann"), Now).Then(new UserDeleted(Id, GivenName, 1, "ann", Now));
        user.When(new DeleteUser("ann"), Now).ThenNothingHappens();
        Assert.Equal((Profile.Fresh, null, 121), (user.State.Profile, user.State.Name, user.State.Balance));
        Assert.IsType<Rejection>(Definition.Answer(user.State, new GetUser(), Now));
        Assert.Equal([$"release:{GivenName}"], Definition.Outbox(user.State).Select(question => question.Key));
        user.When(new WelcomeUser(), Now).ThenRejected(RejectionKind.Forbidden, "account_deleted");
        user.When(Edit(bio: "x"), Now).ThenRejected(RejectionKind.Forbidden, "account_deleted");
        user.When(RecordDeeds.Of(Vote(2)), Now).ThenNothingHappens().Replying(Applied.Instance);
        user.When(Identity(displayName: "Ann"), Now).ThenNothingHappens();
        user.When(Award(1, "b"), Now).ThenRejected(RejectionKind.NotFound, "not_found");
    }

    [Fact]
    public void The_identity_provider_s_word_of_a_deletion_may_come_before_its_word_of_the_user()
    {
        var user = Nobody();
        user.When(new DeleteUser("identity"), Now).Then(new UserDeleted(Id, null, 0, "identity", Now));
        user.When(Identity(), Now).ThenNothingHappens();
        user.When(new WelcomeUser(), Now).ThenRejected(RejectionKind.Forbidden, "account_deleted");
        Assert.Empty(Definition.Outbox(user.State));
    }

    [Fact]
    public void The_user_is_told_of_changes()
    {
        var state = Definition.Empty(Id);
        var told = new List<string>();
        foreach (IUserEvent happened in new IUserEvent[]
        {
            Joined,
            new ProfileUpdated(Id, "Ann", null, null, false, false, 2, Now),
            Awarded(120, "a", 120),
            new LevelChanged(Id, 2, 1, Now),
            new PointsDeducted(Id, 50, "because", "root", "b", 70, Now),
            new LevelChanged(Id, 1, 2, Now),
            new UserDeleted(Id, GivenName, 1, "ann", Now),
        })
        {
            state = Definition.Evolve(state, happened);
            told.AddRange(Definition.Announce(state, happened).Select(announcement => $"{announcement.Channel} {announcement.Type}"));
        }

        Assert.Equal(
            ["profile.updated", "points.awarded", "level.up", "level.changed", "points.deducted", "level.changed"],
            told.Select(line => line["user:ann ".Length..]));
        Assert.All(told, line => Assert.StartsWith("user:ann ", line, StringComparison.Ordinal));
    }

    private static DateTimeOffset Version(int version) => Now.AddDays(-10 + version);

    private static LearnIdentity Identity(int version = 1, string? username = null, string? displayName = null, string? avatarUrl = null, Role? role = null) =>
        new(username, displayName, avatarUrl, role, Version(version));
}
