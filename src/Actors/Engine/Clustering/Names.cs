namespace WildNOut.Actors.Engine.Clustering;

/// <summary>Names and counts that live in journals and in running clusters: never change one.</summary>
public static class Names
{
    /// <summary>The actor system, and so the cluster.</summary>
    public const string System = "wildnout";

    /// <summary>What a node may do.</summary>
    public static class Roles
    {
        /// <summary>Serves REST and SignalR.</summary>
        public const string Web = "web";

        /// <summary>Hosts entities, projections and policies.</summary>
        public const string Entities = "entities";

        /// <summary>Ingests the chain.</summary>
        public const string Chain = "chain";
    }

    /// <summary>Shard regions; also the prefixes of persistence ids.</summary>
    public static class Regions
    {
        /// <summary>One entity a battle.</summary>
        public const string Battle = "battle";

        /// <summary>The votes of all battles, by hash of the voter.</summary>
        public const string BallotBox = "ballot-box";

        /// <summary>The feed of a mint's transactions.</summary>
        public const string TokenFeed = "token-feed";

        /// <summary>Price, supply and milestones of a mint.</summary>
        public const string TokenMarket = "token-market";

        /// <summary>The wallets of one user.</summary>
        public const string Wallets = "wallets";

        /// <summary>One wallet address and the user it belongs to.</summary>
        public const string Wallet = "wallet";

        /// <summary>A sign-in challenge, by its nonce.</summary>
        public const string WalletChallenge = "wallet-challenge";

        /// <summary>The sign-in sessions of one user.</summary>
        public const string Sessions = "sessions";

        /// <summary>One user.</summary>
        public const string User = "user";

        /// <summary>One username and the user whose it is.</summary>
        public const string Username = "username";

        /// <summary>The sessions that have ended before their tokens; one entity.</summary>
        public const string SignOuts = "sign-outs";

        /// <summary>The notifications of one user.</summary>
        public const string Inbox = "inbox";

        /// <summary>The audit log, one entity.</summary>
        public const string Audit = "audit";

        /// <summary>One in-memory entity a channel.</summary>
        public const string Channel = "channel";

        /// <summary>What callers may still do in this minute, by hash of the caller; in memory.</summary>
        public const string Limits = "limits";
    }

    /// <summary>Shards of each region.</summary>
    public static class Shards
    {
        /// <summary>For regions with many small entities.</summary>
        public const int Default = 60;
    }
}
