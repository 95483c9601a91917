using Akka.TestKit;
using Akka.TestKit.Xunit2;
using LinqToDB;
using Microsoft.Extensions.Logging.Abstractions;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.Clustering;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Wallets;
using WildNOut.Chain.Rpc;
using WildNOut.Chain.Wallets;
using Envelope = WildNOut.Actors.Engine.Envelope;

namespace WildNOut.Chain.Tests.Wallets;

public sealed class HoldingsRefresherSpec : TestKit, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("wildnout-holdings-").FullName;
    private readonly ReadModelDatabase _database;
    private readonly WalletTables _wallets;
    private readonly ShardRegions _regions = new();
    private readonly TestProbe _users;
    private readonly FakeReader _reader = new();
    private readonly FakeClock _clock = new();

    public HoldingsRefresherSpec()
    {
        _database = new ReadModelDatabase($"sqlite:{_folder}/test.db", 10, NullLogger<ReadModelDatabase>.Instance);
        _wallets = new WalletTables(_database);
        _users = CreateTestProbe();
        _regions.Add(Names.Regions.Wallets, _users);
    }

    public Task InitializeAsync() => Migrator.RunAsync(_database, NullLogger.Instance);

    public async Task DisposeAsync()
    {
        await Sys.Terminate();
        await _database.DisposeAsync();
        await DeleteAsync(_folder);
    }

    /// <summary>A look that was under way when its actor stopped may write its files once more.</summary>
    private static async Task DeleteAsync(string folder)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (Directory.Exists(folder))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(20);
            }
        }
    }

    [Fact]
    public async Task A_due_wallet_is_read_its_user_s_wallets_are_told_and_it_is_read_again_when_it_is_no_longer_fresh()
    {
        await AddAsync("X", Noon);
        await AddAsync("Later", Noon.AddMinutes(1));
        _reader.Answers["X"] = () => Task.FromResult(new Holdings(5, 6, 10));
        Start();

        await TakeAsync("ann", new SetHoldings("X", 5, 10, 6));
        await _users.ExpectMsgAsync(new Envelope("ann", new HoldingsChecked("X", 10, Noon)));
        await DueIsAsync(Noon.AddMinutes(10), "Later", "X");
        _clock.Now = Noon + HoldingsRefresher.Fresh;
        _reader.Answers["Later"] = () => Task.FromResult(new Holdings(1, 6, 11));
        await TakeAsync("ann", new SetHoldings("Later", 1, 11, 6), new SetHoldings("X", 5, 10, 6));
    }

    [Fact]
    public async Task A_wallet_that_cannot_be_read_keeps_its_value_its_age_is_told_and_it_is_tried_again()
    {
        await AddAsync("X", Noon);
        _reader.Answers["X"] = () => Task.FromException<Holdings>(new RpcUnavailableException("Nobody answers."));
        Start();

        await _users.ExpectMsgAsync(new Envelope("ann", new HoldingsChecked("X", null, Noon)));
        await DueIsAsync(Noon + HoldingsRefresher.AgainAfter, "X");
        await DueIsAsync(Noon + HoldingsRefresher.AgainAfter - TimeSpan.FromMilliseconds(1));
        _reader.Answers["X"] = () => Task.FromResult(new Holdings(7, 6, 20));
        _clock.Now = Noon + HoldingsRefresher.AgainAfter;
        await TakeAsync("ann", new SetHoldings("X", 7, 20, 6));
    }

    [Fact]
    public async Task A_wallet_that_something_happens_to_while_it_is_read_is_read_once_more()
    {
        await AddAsync("X", Noon);
        var first = new TaskCompletionSource<Holdings>();
        _reader.Answers["X"] = () => first.Task;
        Start();
        await _reader.Asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        _clock.Now = Noon.AddSeconds(1);
        await _wallets.TouchAsync(["X"], _clock.Now);
        _reader.Answers["X"] = () => Task.FromResult(new Holdings(9, 6, 12));
        first.SetResult(new Holdings(5, 6, 10));

        await TakeAsync("ann", new SetHoldings("X", 5, 10, 6));
        await _users.ExpectMsgAsync(new Envelope("ann", new HoldingsChecked("X", 10, _clock.Now)));
        await TakeAsync("ann", new SetHoldings("X", 9, 12, 6));
    }

    [Fact]
    public async Task A_wallet_whose_user_s_wallets_do_not_answer_is_tried_again()
    {
        await AddAsync("X", Noon);
        _reader.Answers["X"] = () => Task.FromResult(new Holdings(5, 6, 10));
        Start();

        await _users.ExpectMsgAsync<Envelope>();
        _users.Reply(new Unavailable("busy"));
        await _users.ExpectMsgAsync(new Envelope("ann", new HoldingsChecked("X", null, Noon)));
        await DueIsAsync(Noon + HoldingsRefresher.AgainAfter, "X");
    }

    private void Start() => Sys.ActorOf(HoldingsRefresher.Props(_wallets, _regions, _reader, _clock));

    private async Task AddAsync(string address, DateTimeOffset due)
    {
        await using var connection = _database.Open();
        await connection.InsertAsync(new WalletRow { Address = address, UserId = "ann", LinkedAt = 0, DueAt = due.ToUnixTimeMilliseconds() });
    }

    /// <summary>The user's wallets get these readings, in any order and besides signals, and take them.</summary>
    private async Task TakeAsync(string user, params SetHoldings[] readings)
    {
        var awaited = readings.ToList();
        while (awaited.Count > 0)
        {
            var envelope = (Envelope)await _users.FishForMessageAsync(message => message is Envelope { Message: SetHoldings });
            Assert.Equal(user, envelope.EntityId);
            Assert.True(awaited.Remove((SetHoldings)envelope.Message), $"{envelope.Message} was not expected.");
            _users.Reply(new Done(Noted.Instance, 1));
        }
    }

    private Task DueIsAsync(DateTimeOffset at, params string[] addresses) => AwaitAssertAsync(async () =>
        Assert.Equal(addresses, (await _wallets.DueAsync(at, 10)).Select(wallet => wallet.Address)));

    private sealed class FakeReader : IHoldingsReader
    {
        public Dictionary<string, Func<Task<Holdings>>> Answers { get; } = [];

        public TaskCompletionSource Asked { get; } = new();

        public Task<Holdings> ReadAsync(string address, CancellationToken cancellation)
        {
            var answer = Answers[address]();
            Asked.TrySetResult();
            return answer;
        }
    }

    private sealed class FakeClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Noon;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
