using WildNOut.Actors.Tests.Battles;
using WildNOut.Actors.Token;
using Xunit;
using static WildNOut.Actors.Tests.Token.Chain;

namespace WildNOut.Actors.Tests.Token;

public sealed class FeedDeciderSpec
{
    private static Scenario<FeedState, IFeedCommand, IFeedEvent> Feed(params IEnumerable<IFeedEvent> given) =>
        new Scenario<FeedState, IFeedCommand, IFeedEvent>(new FeedDefinition(), Mint).Given(given);

    [Fact]
    public void An_empty_feed_begins_anywhere() => Feed()
        .When(Record(Id(9), Id(12), Block(10, Move("s1"), Move("s2")), Block(12, Move("s3"))), Now)
        .Then(Recorded(Id(12), 1, Block(10, Move("s1"), Move("s2")), Block(12, Move("s3"))))
        .Replying(new FeedTip(true, Id(12), null, 3, [Id(10), Id(12)]));

    [Fact]
    public void Blocks_that_do_not_follow_on_the_tip_change_nothing() => Feed(Recorded(Id(12), 1, Block(12, Move("s1"))))
        .When(Record(Id(11), Id(13), Block(13, Move("s2"))), Now).ThenNothingHappens()
        .Replying(new FeedTip(false, Id(12), null, 1, [Id(12)]));

    [Fact]
    public void Blocks_that_follow_on_another_block_of_the_same_slot_change_nothing() => Feed(Recorded(Id(12), 1, Block(12, Move("s1"))))
        .When(Record(Id(12, "b"), Id(13), Block(13, Move("s2"))), Now).ThenNothingHappens()
        .Replying(new FeedTip(false, Id(12), null, 1, [Id(12)]));

    [Fact]
    public void A_repeat_changes_nothing_and_hears_that_it_is_applied() => Feed(Recorded(Id(12), 1, Block(12, Move("s1"))))
        .When(Record(Id(11), Id(12), Block(12, Move("s1"))), Now).ThenNothingHappens()
        .Replying(new FeedTip(true, Id(12), null, 1, [Id(12)]));

    [Fact]
    public void Blocks_without_movements_move_the_tip() => Feed(Recorded(Id(12), 1))
        .When(Record(Id(12), Id(20)), Now)
        .Then(Recorded(Id(20), 1))
        .Replying(new FeedTip(true, Id(20), null, 0, []));

    [Fact]
    public void What_is_recorded_finalized_needs_no_finality_and_is_not_kept() => Feed()
        .When(Record(Id(9), Id(12), Block(10, Move("s1"))) with { Finalized = true }, Now)
        .Then(Recorded(Id(12), 1, Block(10, Move("s1"))) with { Finalized = true })
        .Replying(new FeedTip(true, Id(12), Id(12), 1, []));

    [Fact]
    public void What_is_recorded_finalized_finalizes_what_was_there_before() => Feed(Recorded(Id(12), 1, Block(12, Move("s1"))))
        .When(Record(Id(12), Id(14), Block(13, Move("s2"))) with { Finalized = true }, Now)
        .Then(Recorded(Id(14), 2, Block(13, Move("s2"))) with { Finalized = true, FinalizedAt = 3 })
        .Replying(new FeedTip(true, Id(14), Id(14), 3, []));

    [Fact]
    public void Finality_is_a_line_when_it_concerns_movements() => Feed(Recorded(Id(12), 1, Block(10, Move("s1")), Block(12, Move("s2"))))
        .When(new FinalizeBlocks(Mint, Id(11)), Now)
        .Then(new BlocksFinalized(Mint, Id(11), 3, Now))
        .Replying(new FeedTip(true, Id(12), Id(11), 3, [Id(12)]));

    [Fact]
    public void Finality_is_no_line_when_it_concerns_none() => Feed(Recorded(Id(12), 1, Block(12, Move("s1"))))
        .When(new FinalizeBlocks(Mint, Id(11)), Now)
        .Then(new BlocksFinalized(Mint, Id(11), null, Now))
        .Replying(new FeedTip(true, Id(12), Id(11), 1, [Id(12)]));

    [Theory]
    [InlineData(13, "a", false)]
    [InlineData(12, "b", false)]
    [InlineData(11, "b", false)]
    [InlineData(10, "b", false)]
    [InlineData(10, "a", true)]
    [InlineData(9, "a", true)]
    public void Finality_beyond_the_tip_or_of_another_chain_changes_nothing_and_of_old_is_known(ulong slot, string fork, bool applied)
    {
        var feed = Feed(
            Recorded(Id(12), 1, Block(11, Move("s1")), Block(12, Move("s2"))),
            new BlocksFinalized(Mint, Id(10), null, Now));
        feed.When(new FinalizeBlocks(Mint, Id(slot, fork)), Now).ThenNothingHappens()
            .Replying(new FeedTip(applied, Id(12), Id(10), 2, [Id(11), Id(12)]));
    }

    [Fact]
    public void What_is_withdrawn_goes_newest_first() => Feed(Recorded(Id(12), 1, Block(10, Move("s1")), Block(11, Move("s2"), Move("s2", 1)), Block(12, Move("s3"))))
        .When(new WithdrawBlocks(Mint, Id(12), Id(10)), Now)
        .Then(new BlocksWithdrawn(Mint, Id(10), 5, [new(4, "s3", 0), new(3, "s2", 1), new(2, "s2", 0)], Now))
        .Replying(new FeedTip(true, Id(10), null, 7, [Id(10)]));

    [Theory]
    [InlineData(12, "b", 11, "a", false)]
    [InlineData(12, "a", 9, "a", false)]
    [InlineData(12, "a", 12, "b", false)]
    [InlineData(12, "a", 11, "b", false)]
    [InlineData(12, "a", 10, "b", false)]
    [InlineData(13, "a", 12, "a", true)]
    public void A_withdrawal_of_another_chain_or_of_what_is_final_changes_nothing(ulong tip, string tipFork, ulong after, string afterFork, bool applied) =>
        Feed(Recorded(Id(12), 1, Block(11, Move("s1")), Block(12, Move("s2"))), new BlocksFinalized(Mint, Id(10), null, Now))
            .When(new WithdrawBlocks(Mint, Id(tip, tipFork), Id(after, afterFork)), Now).ThenNothingHappens()
            .Replying(new FeedTip(applied, Id(12), Id(10), 2, [Id(11), Id(12)]));

    [Fact]
    public void A_transaction_that_lands_again_gets_a_new_line()
    {
        var feed = Feed(Recorded(Id(12), 1, Block(12, Move("s1"))), new BlocksWithdrawn(Mint, Id(11), 2, [new(1, "s1", 0)], Now));
        feed.When(Record(Id(11), Id(13, "b"), Block(Id(13, "b"), Move("s1"))), Now)
            .Then(Recorded(Id(13, "b"), 3, Block(Id(13, "b"), Move("s1"))));
    }

    [Fact]
    public void What_is_recorded_already_and_repeats_are_passed_over() => Feed(Recorded(Id(12, null), 1, Block(Id(12, null), Move("s1"))))
        .When(Record(Id(12, null), Id(13, null), Block(Id(11, null), Move("s1"), Move("s2")), Block(Id(13, null), Move("s3"), Move("s2"), Move("s3"))), Now)
        .Then(Recorded(Id(13, null), 2, Block(Id(11, null), Move("s2")), Block(Id(13, null), Move("s3"))))
        .Replying(new FeedTip(true, Id(13, null), null, 3, [Id(11, null), Id(12, null), Id(13, null)]));

    [Fact]
    public void A_reader_without_blocks_cannot_finalize_what_is_open_by_reading_on() => Feed(Recorded(Id(12, null), 1, Block(Id(12, null), Move("s1"))))
        .When(Record(Id(12, null), Id(13, null)) with { Finalized = true }, Now).ThenNothingHappens()
        .Replying(new FeedTip(false, Id(12, null), null, 1, [Id(12, null)]));

    [Fact]
    public void A_reconciliation_withdraws_adds_and_finalizes()
    {
        var feed = Feed(
            new BlocksFinalized(Mint, Id(9, null), null, Now),
            Recorded(Id(14, null), 1, Block(Id(10, null), Move("stays")), Block(Id(11, null), Move("goes"), Move("moves")), Block(Id(14, null), Move("open"), Move("early"))));
        var command = new ReconcileBlocks(
            Mint, 9, 12, [Block(Id(10, null), Move("stays"), Move("new")), Block(Id(12, null), Move("moves"), Move("early"))]);
        feed.When(command, Now)
            .Then(new FeedReconciled(
                Mint, 12, 6,
                [new(5, "early", 0), new(3, "moves", 0), new(2, "goes", 0)],
                [Block(Id(10, null), Move("new")), Block(Id(12, null), Move("moves"), Move("early"))],
                12, 6, Now))
            .Replying(new FeedTip(true, Id(14, null), Id(12, null), 12, [Id(14, null)]));
        feed.When(command, Now).ThenNothingHappens()
            .Replying(new FeedTip(true, Id(14, null), Id(12, null), 12, [Id(14, null)]));
        feed.When(command with { After = 10 }, Now).ThenNothingHappens();
    }

    [Fact]
    public void A_reconciliation_that_only_adds_has_no_line_of_finality() => Feed(new BlocksFinalized(Mint, Id(9, null), null, Now))
        .When(new ReconcileBlocks(Mint, 9, 12, [Block(Id(10, null), Move("s1"))], 6), Now)
        .Then(new FeedReconciled(Mint, 12, 1, [], [Block(Id(10, null), Move("s1"))], null, 6, Now))
        .Replying(new FeedTip(true, Id(12, null), Id(12, null), 1, []));

    [Fact]
    public void Blocks_out_of_order_or_out_of_the_stretch_are_refused()
    {
        var feed = Feed(Recorded(Id(12), 1));
        feed.When(Record(Id(12), Id(14), Block(14, Move("s1")), Block(13, Move("s2"))), Now).ThenFaultyFields("blocks");
        feed.When(Record(Id(12), Id(14), Block(12, Move("s1"))), Now).ThenFaultyFields("blocks");
        feed.When(Record(Id(12), Id(14), Block(15, Move("s1"))), Now).ThenFaultyFields("blocks");
        feed.When(Record(Id(12), Id(11)), Now).ThenFaultyFields("upto");
        feed.When(new ReconcileBlocks(Mint, 12, 13, [Block(Id(12, null))]), Now).ThenFaultyFields("blocks");
        feed.When(new ReconcileBlocks(Mint, 12, 11, []), Now).ThenFaultyFields("upto");
    }

    [Fact]
    public void A_parked_transaction_is_recorded_without_a_line()
    {
        var block = new FeedBlock(Id(13), Now, [], [new ParkedTransaction("s9", "Unknown version.")]);
        Feed(Recorded(Id(12), 1)).When(Record(Id(12), Id(13), block), Now)
            .Then(Recorded(Id(13), 1, block))
            .Replying(new FeedTip(true, Id(13), null, 0, []));
    }
}
