using Microsoft.Extensions.Logging;
using WildNOut.Chain.Rpc;

namespace WildNOut.Chain.Transfers.Accounts;

/// <summary>Token accounts to whose histories something was added, as far as somebody said so. Safe for concurrent use.</summary>
/// <param name="mint">The token.</param>
/// <param name="subscriptions">Tells of accounts that changed; null where there is no WebSocket.</param>
/// <param name="clock">Paces.</param>
/// <param name="log">Hears of a node that tells nothing.</param>
internal sealed partial class AccountNews(string mint, ISolanaSubscriptions? subscriptions, TimeProvider clock, ILogger<AccountNews> log)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private volatile bool _live;

    /// <summary>Whether changes are told as they happen.</summary>
    public bool IsLive => _live;

    /// <summary>Whether there are accounts that nobody took yet.</summary>
    public bool Any
    {
        get
        {
            lock (_gate)
            {
                return _touched.Count > 0;
            }
        }
    }

    /// <summary>Listens until cancelled.</summary>
    public Task ListenAsync(CancellationToken stop) => subscriptions is null
        ? Task.CompletedTask
        : Listening.KeepAsync(() => subscriptions.TokenAccountsAsync(mint, Commitment.Confirmed, stop), Hear, Ended, clock, stop);

    /// <summary>Adds accounts.</summary>
    public void Add(IEnumerable<string> accounts)
    {
        lock (_gate)
        {
            _touched.UnionWith(accounts);
        }
    }

    /// <summary>Takes all accounts.</summary>
    public IReadOnlyCollection<string> Take()
    {
        lock (_gate)
        {
            string[] taken = [.. _touched];
            _touched.Clear();
            return taken;
        }
    }

    private void Hear(InContext<TokenAccount> changed)
    {
        _live = true;
        Add([changed.Value.Address]);
    }

    private void Ended(string? refusal)
    {
        _live = false;
        if (refusal is not null)
        {
            Refused(log, refusal);
        }
    }

    [LoggerMessage(EventId = 3205, Level = LogLevel.Warning, Message = "The node tells no changes of token accounts over WebSocket; they are compared every few seconds: {Reason}")]
    private static partial void Refused(ILogger log, string reason);
}
