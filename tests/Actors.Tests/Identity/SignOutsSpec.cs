using WildNOut.Actors.Identity;
using WildNOut.Actors.Tests.Battles;
using Xunit;

namespace WildNOut.Actors.Tests.Identity;

public sealed class SignOutsSpec
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_session_ends_once_and_keeps_its_number()
    {
        var list = Empty();
        list.When(new SignOut("a"), Now).Then(new SignedOut(1, "a", Now)).Replying(new SignOutNumber(1));
        list.When(new SignOut("b"), Now).Then(new SignedOut(2, "b", Now)).Replying(new SignOutNumber(2));
        list.When(new SignOut("a"), Now.AddHours(1)).ThenNothingHappens().Replying(new SignOutNumber(1));
    }

    [Fact]
    public void The_list_is_read_on_from_where_one_left_off()
    {
        var list = Empty().Given(Enumerable.Range(1, 2_500).Select(number => new SignedOut(number, $"s{number}", Now)));
        long after = 0;
        List<string> read = [];
        for (var page = list.Asked<SignOuts>(new GetSignOuts(after), Now); page.Items.Count > 0; page = list.Asked<SignOuts>(new GetSignOuts(after), Now))
        {
            Assert.Equal(2_500, page.Latest);
            Assert.True(page.Items.Count <= SignOutsState.PageSize);
            read.AddRange(page.Items.Select(item => item.SessionId));
            after = page.Items[^1].Number;
        }

        Assert.Equal(Enumerable.Range(1, 2_500).Select(number => $"s{number}"), read);
    }

    [Fact]
    public void What_is_older_than_any_token_is_neither_told_nor_kept()
    {
        var list = Empty().Given(Enumerable.Range(1, 100).Select(number => new SignedOut(number, $"s{number}", Now.AddMinutes(number))));
        var later = Now.AddMinutes(60) + SignOutsState.Kept;
        Assert.Equal(["s61", "s62"], list.Asked<SignOuts>(new GetSignOuts(0), later).Items.Take(2).Select(item => item.SessionId));
        list.When(new SignOut("new"), later).Then(new SignedOut(101, "new", later));
        Assert.Equal(41, list.State.Count);
        Assert.Equal("s61", list.Asked<SignOuts>(new GetSignOuts(0), later).Items[0].SessionId);
        Assert.Equal("new", Assert.Single(list.Asked<SignOuts>(new GetSignOuts(100), later).Items).SessionId);
    }

    [Fact]
    public void A_reader_from_another_list_s_future_gets_nothing_and_learns_where_the_list_is()
    {
        var page = Empty().Given(new SignedOut(1, "a", Now)).Asked<SignOuts>(new GetSignOuts(9), Now);
        Assert.Equal((0, 1L), (page.Items.Count, page.Latest));
    }

    [Fact]
    public void A_snapshot_holds_the_whole_list()
    {
        var definition = new SignOutsDefinition();
        var state = Empty().Given(new SignedOut(1, "a", Now), new SignedOut(2, "b", Now)).State;
        var thawed = definition.Thaw("all", definition.Freeze(state));
        Wire.Equal([state.After(0, Now)], [thawed.After(0, Now)]);
        Assert.Equal((2L, 1L), (thawed.Latest, thawed.Find("a")));
        Assert.Equal(3, definition.Thaw("all", new SignOutsSnapshot([], 3)).Latest);
    }

    private static Scenario<SignOutsState, ISignOutsCommand, ISignOutsEvent> Empty() => new(new SignOutsDefinition(), "all");
}
