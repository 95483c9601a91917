using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Channels;
using Xunit;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Realtime.Tests;

public sealed class ChannelActorTests : TestKit
{
    private static readonly Config VirtualTime = """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """;

    private readonly ManualClock _clock = new(Given.Noon);

    public ChannelActorTests()
        : base(VirtualTime)
    {
    }

    private long Start { get; } = Given.Noon.ToUnixTimeMilliseconds() * 1_000;

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Numbers_rise_by_one_from_the_start_of_the_epoch()
    {
        var channel = Channel();
        Follow(channel, null);

        channel.Tell(Given.Publish(1));
        channel.Tell(Given.Publish(2));

        Assert.Equal([Start + 1], Next().Messages.Select(message => message.Sequence));
        var second = Next();
        Assert.Equal((Start + 1, Start + 2), (second.After, second.Sequence));
    }

    [Fact]
    public void The_first_answer_holds_everything_kept_and_a_named_number_only_what_came_after_it()
    {
        var channel = Channel();
        for (var n = 1; n <= 5; n++)
        {
            channel.Tell(Given.Publish(n));
        }

        var all = Follow(channel, null);
        var some = Follow(channel, Start + 3);

        Assert.True(all.Restart);
        Assert.Equal([1, 2, 3, 4, 5], Numbers(all));
        Assert.False(some.Restart);
        Assert.Equal([4, 5], Numbers(some));
    }

    [Fact]
    public void A_renewal_with_nothing_missing_is_answered_with_an_empty_stretch()
    {
        var channel = Channel();
        channel.Tell(Given.Publish(1));

        var answer = Follow(channel, Start + 1);

        Assert.Equal((Start + 1, Start + 1, false), (answer.After, answer.Sequence, answer.Restart));
        Assert.Empty(answer.Messages);
    }

    [Fact]
    public void The_first_of_a_fold_key_goes_out_at_once_and_the_later_ones_replace_each_other()
    {
        var channel = Channel();
        Follow(channel, null);

        for (var n = 1; n <= 4; n++)
        {
            channel.Tell(Given.Publish(n, "tally"));
        }

        Assert.Equal([1], Numbers(Next()));
        ExpectNoMsg(TimeSpan.Zero);
        Scheduler.Advance(ChannelActor.FoldFor);
        var folded = Next();
        Assert.Equal([4], Numbers(folded));
        Assert.Equal(Start + 2, folded.Sequence);
    }

    [Fact]
    public void Folding_ends_when_a_window_passes_without_news()
    {
        var channel = Channel();
        Follow(channel, null);
        channel.Tell(Given.Publish(1, "tally"));
        Next();
        Scheduler.Advance(ChannelActor.FoldFor);

        channel.Tell(Given.Publish(2, "tally"));

        Assert.Equal([2], Numbers(Next()));
    }

    [Fact]
    public void What_is_held_back_is_not_overtaken_by_what_happened_later()
    {
        var channel = Channel();
        Follow(channel, null);
        channel.Tell(Given.Publish(1, "tally"));
        channel.Tell(Given.Publish(2, "tally"));
        channel.Tell(Given.Publish(3));

        Assert.Equal([1], Numbers(Next()));
        Assert.Equal([2, 3], Numbers(Next()));
    }

    [Fact]
    public void A_new_incarnation_has_higher_numbers_and_restarts_whoever_names_old_ones()
    {
        var old = Channel();
        old.Tell(Given.Publish(1));
        var seen = Follow(old, null).Sequence;
        _clock.Advance(TimeSpan.FromSeconds(1));

        var answer = Follow(Channel(), seen);

        Assert.True(answer.Restart);
        Assert.True(answer.After > seen);
    }

    [Fact]
    public void An_incarnation_whose_clock_is_behind_still_goes_on_above_the_old_numbers()
    {
        var channel = Channel();
        var seen = Start + 5_000_000;

        var answer = Follow(channel, seen);
        channel.Tell(Given.Publish(1));

        Assert.True(answer.Restart);
        Assert.True(answer.After > seen);
        Assert.True(Next().Messages[0].Sequence > answer.After);
    }

    [Fact]
    public void A_lease_that_is_not_renewed_ends()
    {
        var channel = Channel();
        Follow(channel, null);
        _clock.Advance(ChannelActor.Lease);
        Scheduler.Advance(ChannelActor.Lease);

        channel.Tell(Given.Publish(1));

        Assert.Equal([1], Numbers(FollowAs(CreateTestProbe(), channel)));
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_follower_that_leaves_or_stops_gets_no_more()
    {
        var (channel, leaver, stopper) = (Channel(), CreateTestProbe(), CreateTestProbe());
        FollowAs(leaver, channel);
        FollowAs(stopper, channel);
        Follow(channel, null);

        channel.Tell(new Envelope("battles", new LeaveChannel()), leaver);
        Sys.Stop(stopper);
        channel.Tell(Given.Publish(1));

        Assert.Equal([1], Numbers(Next()));
        leaver.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_long_replay_comes_in_stretches_that_join()
    {
        var channel = Channel();
        for (var n = 1; n <= 40; n++)
        {
            channel.Tell(new Publish(Given.Announcement(n, padding: new string('x', 10_000))));
        }

        channel.Tell(new FollowChannel(null), TestActor);
        var batches = new List<ChannelMessages> { Next() };
        while (batches[^1].Sequence < Start + 40)
        {
            batches.Add(Next());
        }

        Assert.True(batches.Count > 4);
        Assert.Equal([true, .. Enumerable.Repeat(false, batches.Count - 1)], batches.Select(batch => batch.Restart));
        Assert.All(batches.Zip(batches.Skip(1)), pair => Assert.Equal(pair.Item1.Sequence, pair.Item2.After));
        Assert.Equal(Enumerable.Range(1, 40), batches.SelectMany(Numbers));
    }

    [Fact]
    public void Data_too_large_to_carry_becomes_a_reload()
    {
        var channel = Channel();
        Follow(channel, null);

        channel.Tell(new Publish(Given.Announcement(1, padding: new string('x', ChannelActor.MaxDataBytes))));

        var message = Assert.Single(Next().Messages);
        Assert.Equal((ChannelMessage.Reload, Start + 1, 0), (message.Type, message.Sequence, message.Data.Length));
    }

    [Fact]
    public void The_owner_hears_that_people_follow_and_again_only_after_a_while()
    {
        var owner = CreateTestProbe();
        var channel = Sys.ActorOf(ChannelActor.Props("battle:1", _clock, followed => owner.Tell(followed)));
        channel.Tell(Given.Publish(1));
        owner.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Follow(channel, null);
        Assert.Equal(_clock.GetUtcNow() + ChannelActor.Lease, owner.ExpectMsg<ChannelFollowed>().Until);
        FollowAs(CreateTestProbe(), channel);
        owner.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        _clock.Advance(ChannelActor.Lease / 5);
        FollowAs(CreateTestProbe(), channel);
        Assert.Equal(_clock.GetUtcNow() + ChannelActor.Lease, owner.ExpectMsg<ChannelFollowed>().Until);
    }

    [Fact]
    public void The_stop_message_of_a_hand_off_stops_it()
    {
        var channel = Channel();
        Watch(channel);

        channel.Tell(StopEntity.Instance);

        ExpectTerminated(channel);
    }

    private static IEnumerable<int> Numbers(ChannelMessages batch) => batch.Messages.Select(message => Given.Number(message.Data));

    private IActorRef Channel() => Sys.ActorOf(ChannelActor.Props("battles", _clock));

    private ChannelMessages Follow(IActorRef channel, long? seen)
    {
        channel.Tell(new Envelope("battles", new FollowChannel(seen)), TestActor);
        return Next();
    }

    private static ChannelMessages FollowAs(TestProbe follower, IActorRef channel)
    {
        channel.Tell(new Envelope("battles", new FollowChannel(null)), follower);
        return follower.ExpectMsg<ChannelMessages>();
    }

    private ChannelMessages Next() => ExpectMsg<ChannelMessages>();
}
