using Akka.Actor;
using WildNOut.Actors.Engine;
using Xunit;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Actors.Tests.Shell;

public sealed class QuestionSpec : ShellBench
{
    [Fact]
    public async Task A_command_waits_for_the_answer_and_the_question_is_asked_once_for_all_who_wait()
    {
        var jar = Start();
        var waiting = Enumerable.Range(0, 5).Select(_ => Ask(jar, new Borrow())).ToArray();
        await NextQuestion();
        LenderProbe.Reply(new Done(new Granted(1_000), 1));

        foreach (var reply in await Task.WhenAll(waiting))
        {
            Assert.Equal(new Coins(1_000, 1), Assert.IsType<Done>(reply).Reply);
        }
    }

    [Fact]
    public async Task A_refused_question_refuses_everybody_who_waits()
    {
        var jar = Start();
        var waiting = Ask(jar, new Borrow());
        await NextQuestion();
        LenderProbe.Reply(Rejection.Conflict("no_credit", "No."));

        Assert.Equal("no_credit", Assert.IsType<Rejection>(await waiting).Code);
    }

    [Fact]
    public async Task A_question_without_an_answer_gives_no_outcome_and_the_next_command_asks_again()
    {
        var jar = Start();
        var waiting = Ask(jar, new Borrow());
        await NextQuestion();
        LenderProbe.Reply(new Unavailable("busy"));
        Assert.IsType<Unavailable>(await waiting);

        var again = Ask(jar, new Borrow());
        await NextQuestion();
        LenderProbe.Reply(new Done(new Granted(2_000), 1));
        Assert.Equal(new Coins(2_000, 1), Assert.IsType<Done>(await again).Reply);
    }

    [Fact]
    public async Task A_forgotten_question_is_asked_anew_and_its_late_answer_counts_for_nothing()
    {
        var jar = Start();
        var waiting = Ask(jar, new Borrow());
        await NextQuestion();
        var late = LenderProbe.LastSender;
        await Ask(jar, new Refuse());
        await NextQuestion();
        late.Tell(new Done(new Granted(5_000), 1));
        await Ask(jar, new Level());
        Assert.False(waiting.IsCompleted);
        LenderProbe.Reply(Rejection.Conflict("closed", "Too late."));

        Assert.Equal("closed", Assert.IsType<Rejection>(await waiting).Code);
        Assert.Equal(new Coins(0, 0), await AskCoins(jar, new Level()));
    }

    [Fact]
    public async Task Work_owed_is_asked_again_until_it_is_settled_and_survives_a_restart()
    {
        var jar = Start();
        await Ask(jar, new Owe());
        await NextQuestion();
        LenderProbe.Reply(new Unavailable("busy"));
        await NextQuestion();
        await Stop(jar);

        var again = Start();
        await NextQuestion();
        LenderProbe.Reply(new Done(new Granted(0), 1));
        await AwaitAssertAsync(async () => Assert.Equal(2, (await AskCoins(again, new Level())).Changes));
        var later = LenderProbe.ReceiveWhile<object>(TimeSpan.FromMilliseconds(1_300), message => message);
        Assert.DoesNotContain(later, message => message is Envelope { Message: AskLender });
    }

    private async Task NextQuestion() =>
        await LenderProbe.FishForMessageAsync(message => message is Envelope { Message: AskLender });
}
