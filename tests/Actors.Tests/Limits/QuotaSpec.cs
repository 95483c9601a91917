using CsCheck;
using WildNOut.Actors.Limits;
using Xunit;

namespace WildNOut.Actors.Tests.Limits;

public sealed class QuotaSpec
{
    [Fact]
    public void Permits_go_out_in_pieces_that_become_smaller()
    {
        var quota = new QuotaState(100);
        quota.Recalled("a", 10);
        quota.Recalled("b", 0);
        Assert.Equal(90, quota.Free);
        Assert.Equal(10 + 22, quota.Lease("a", used: 10, want: 1));
        Assert.Equal(17, quota.Lease("b", used: 0, want: 1));
        Assert.Equal(51, quota.Free);
        Assert.Equal(32, quota.Others("b"));
    }

    [Fact]
    public void A_node_gets_at_least_what_it_needs_now_and_at_most_what_is_left()
    {
        var quota = new QuotaState(10);
        quota.Recalled("a", 4);
        quota.Recalled("b", 0);
        Assert.Equal(3, quota.Lease("b", 0, want: 3));
        Assert.Equal(7, quota.Lease("a", 4, want: 9));
        Assert.Equal(7, quota.Lease("a", 7, want: 1));
        Assert.Equal(["b"], quota.Holders());
    }

    [Fact]
    public void A_node_that_asks_again_gets_no_more_than_it_was_given()
    {
        var quota = new QuotaState(100);
        quota.Recalled("a", 1);
        var first = quota.Lease("a", 1, want: 1);
        Assert.Equal(first, quota.Lease("a", 1, want: 1));
    }

    [Fact]
    public void What_a_silent_node_may_have_is_lost_until_it_speaks()
    {
        var quota = new QuotaState(100);
        quota.Assume("a", 16);
        quota.Assume("b", 16);
        quota.Recalled("a", 3);
        quota.WriteOff("b");
        Assert.Empty(quota.Holders());
        Assert.Equal(100 - 3 - 16, quota.Free);
        quota.Recalled("b", 5);
        Assert.Equal(100 - 3 - 5, quota.Free);
    }

    /// <summary>Nodes take, ask and are recalled in any order: together they never give out more than the limit, and in the end all of it.</summary>
    [Fact]
    public void Exactly_the_limit_is_given_out_whatever_the_order() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 6], Gen.Int[0, 5].Array[1, 400]).Sample((limit, nodes, turns) =>
        {
            var quota = new QuotaState(limit);
            var unasked = limit / (2 * nodes);
            var (used, granted) = (new int[nodes], Enumerable.Repeat(unasked, nodes).ToArray());
            var known = false;
            foreach (var turn in turns.Concat(Enumerable.Range(0, 20 * limit)))
            {
                var node = turn % nodes;
                if (used[node] < granted[node])
                {
                    used[node]++;
                    continue;
                }

                if (!known)
                {
                    known = true;
                    RecallAll(quota, used, granted);
                }

                granted[node] = quota.Lease($"{node}", used[node], want: 1);
                if (granted[node] > used[node])
                {
                    // The request that waited for it.
                    used[node]++;
                }
                else
                {
                    RecallAll(quota, used, granted);
                }

                Assert.InRange(granted.Sum(), 0, limit);
            }

            Assert.Equal(limit, used.Sum());
        });

    private static void RecallAll(QuotaState quota, int[] used, int[] granted)
    {
        for (var node = 0; node < used.Length; node++)
        {
            granted[node] = used[node];
            quota.Recalled($"{node}", used[node]);
        }
    }
}
