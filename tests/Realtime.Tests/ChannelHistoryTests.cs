using WildNOut.Actors.Engine.Channels;
using Xunit;

namespace WildNOut.Realtime.Tests;

public sealed class ChannelHistoryTests
{
    private readonly ChannelHistory<ChannelMessage> _history = new(100);

    [Fact]
    public void The_last_thousand_stay_whatever_their_age()
    {
        Add(1_200, Given.Noon);
        Add(1, Given.Noon + ChannelHistory.KeepFor + TimeSpan.FromSeconds(1));

        Assert.Equal(ChannelHistory.KeepAtLeast, _history.Count);
        Assert.Equal(1_301, _history.Sequence);
        Assert.True(_history.Covers(_history.Floor));
        Assert.False(_history.Covers(_history.Floor - 1));
    }

    [Fact]
    public void More_than_a_thousand_stay_while_they_are_young()
    {
        Add(5_000, Given.Noon);

        Assert.Equal(5_000, _history.Count);
    }

    [Fact]
    public void Bytes_are_bounded()
    {
        Add(1_000, Given.Noon, size: 50_000);

        Assert.InRange(_history.Since(0).Sum(message => (long)message.Size), 1, ChannelHistory.KeepBytes);
        Assert.False(_history.Covers(100));
    }

    [Fact]
    public void Numbers_spanned_are_bounded_even_when_all_fold()
    {
        Add(100_000, Given.Noon, foldKey: "tally");

        Assert.Equal(1, _history.Count);
        Assert.Equal(ChannelHistory.KeepAtMost, _history.Sequence - _history.Floor);
    }

    [Fact]
    public void A_newer_message_takes_the_place_of_an_older_one_with_the_same_fold_key()
    {
        _history.Add(Message(101, "a"), Given.Noon);
        _history.Add(Message(102, null), Given.Noon);
        _history.Add(Message(103, "b"), Given.Noon);
        _history.Add(Message(104, "a"), Given.Noon);

        Assert.Equal([102, 103, 104], _history.Since(100).Select(message => message.Sequence));
        Assert.True(_history.Covers(100));
        Assert.Equal(3, _history.Count);
    }

    [Fact]
    public void A_far_jump_forgets_everything()
    {
        Add(10, Given.Noon);

        _history.Advance(10_000_000, Given.Noon);

        Assert.Equal((10_000_000, 10_000_000, 0), (_history.Floor, _history.Sequence, _history.Count));
        Assert.Empty(_history.Since(0));
    }

    private static ChannelMessage Message(long sequence, string? foldKey, int size = 2) =>
        new(sequence, "battle.vote", Given.Noon, new byte[size], foldKey);

    private void Add(int count, DateTimeOffset now, string? foldKey = null, int size = 2)
    {
        for (var n = 0; n < count; n++)
        {
            _history.Add(Message(_history.Sequence + 1, foldKey, size), now);
        }
    }
}
