using WildNOut.Actors.Engine;
using Xunit;

namespace WildNOut.Actors.Tests.Identity;

public sealed class AccessSpec
{
    [Theory]
    [InlineData(Role.User, Role.User, null)]
    [InlineData(Role.User, Role.Moderator, "This needs the role moderator or a higher one.")]
    [InlineData(Role.User, Role.Admin, "This needs the role admin.")]
    [InlineData(Role.Moderator, Role.User, null)]
    [InlineData(Role.Moderator, Role.Moderator, null)]
    [InlineData(Role.Moderator, Role.Admin, "This needs the role admin.")]
    [InlineData(Role.Admin, Role.User, null)]
    [InlineData(Role.Admin, Role.Moderator, null)]
    [InlineData(Role.Admin, Role.Admin, null)]
    public void A_role_may_what_a_lower_one_may(Role role, Role least, string? missing) => Judged(Access.OfRole(new Caller("ann", role), least), missing);

    [Theory]
    [InlineData("ann", Role.User, Role.Moderator, null)]
    [InlineData("ann", Role.User, Role.Admin, null)]
    [InlineData("ann", Role.User, null, null)]
    [InlineData("bob", Role.User, Role.Moderator, "Only the creator, or somebody with the role moderator or a higher one, may do this.")]
    [InlineData("bob", Role.Moderator, Role.Moderator, null)]
    [InlineData("bob", Role.Admin, Role.Moderator, null)]
    [InlineData("bob", Role.User, Role.Admin, "Only the creator, or somebody with the role admin, may do this.")]
    [InlineData("bob", Role.Moderator, Role.Admin, "Only the creator, or somebody with the role admin, may do this.")]
    [InlineData("bob", Role.Admin, Role.Admin, null)]
    [InlineData("bob", Role.User, null, "Only the creator may do this.")]
    [InlineData("bob", Role.Moderator, null, "Only the creator may do this.")]
    [InlineData("bob", Role.Admin, null, "Only the creator may do this.")]
    [InlineData("Ann", Role.User, Role.Moderator, "Only the creator, or somebody with the role moderator or a higher one, may do this.")]
    public void A_thing_is_its_owner_s_and_of_those_above(string caller, Role role, Role? others, string? missing) =>
        Judged(Access.OfOwner(new Caller(caller, role), "ann", others, "creator"), missing);

    [Fact]
    public void Nobody_owns_what_is_nobody_s()
    {
        Judged(Access.OfOwner(new Caller("ann", Role.User), null, others: null), "Only the owner may do this.");
        Judged(Access.OfOwner(new Caller("ann", Role.Moderator), null), null);
    }

    private static void Judged(Rejection? judged, string? missing)
    {
        Assert.Equal(missing, judged?.Message);
        if (judged is not null)
        {
            Assert.Equal((RejectionKind.Forbidden, "forbidden"), (judged.Kind, judged.Code));
        }
    }
}
