using WildNOut.Chain.Transfers.Accounts;
using WildNOut.Chain.Transfers.Decoding;

namespace WildNOut.Chain.Tests.Transfers;

/// <summary>Who may tell a stretch by parts: only whoever knows all accounts that were there before it.</summary>
public sealed class FinalStretchSpec
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void At_the_slot_of_the_list_all_accounts_are_known(bool knows)
    {
        var stretch = Stretch(knows, most: 10, slots: [101, 102, 103]);
        Assert.False(stretch.MoveTo(200));
        Assert.Equal(200ul, stretch.KnownAtEnd);
    }

    [Theory]
    [InlineData(true, 102ul)]
    [InlineData(false, null)]
    public void At_the_end_of_a_stretch_that_did_not_fit_they_are_known_to_who_knew_them_before(bool knows, ulong? known)
    {
        var stretch = Stretch(knows, most: 2, slots: [103, 101, 102]);
        Assert.Equal(102ul, stretch.Upto);
        Assert.False(stretch.MoveTo(102));
        Assert.Equal(known, stretch.KnownAtEnd);
    }

    [Fact]
    public void What_one_has_told_oneself_leaves_nothing_unknown()
    {
        var stretch = Stretch(knows: true, most: 10, slots: [101, 102, 103]);
        Assert.True(stretch.MoveTo(102));
        Assert.True(stretch.Knows);
        Assert.Equal([(103ul, "s103")], stretch.First(10).Lines);
    }

    [Fact]
    public void What_somebody_else_told_may_have_made_accounts()
    {
        var stretch = Stretch(knows: true, most: 10, slots: [101]);
        stretch.Find(102, "unread");
        Assert.True(stretch.MoveTo(150));
        Assert.False(stretch.Knows);

        var gathering = new FinalStretch(100, 200, knows: true);
        gathering.Ask(["account"]);
        Assert.True(gathering.MoveTo(100));
        Assert.True(gathering.Knows);
        Assert.True(gathering.MoveTo(101));
        Assert.False(gathering.Knows);
    }

    [Fact]
    public void What_did_not_fit_is_let_go_altogether()
    {
        var stretch = Stretch(knows: true, most: 2, slots: [101, 103, 102]);
        Assert.Null(stretch.Landed("s103"));
        Assert.Empty(stretch.NotLanded(10));
        Assert.Equal(["s101", "s102"], stretch.First(10).Lines.Select(line => line.Signature));
    }

    /// <summary>A stretch from 101 to 200 whose transactions are all read.</summary>
    private static FinalStretch Stretch(bool knows, int most, ulong[] slots)
    {
        var stretch = new FinalStretch(100, 200, knows, most);
        foreach (var slot in slots)
        {
            stretch.Land(new LandedTransaction($"s{slot}", slot, null, DecodedTransaction.NotUnderstood($"s{slot}", "a test"), []));
        }

        return stretch;
    }
}
