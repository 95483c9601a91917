using System.Text.Json.Serialization;
using WildNOut.Actors.Audit;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Engine.ReadModel;
using WildNOut.Actors.Notifications;
using WildNOut.Actors.Token;
using WildNOut.Actors.Users;
using WildNOut.Actors.Users.Leaderboards;
using WildNOut.Web.Endpoints;
using WildNOut.Web.Errors;
using WildNOut.Web.Operations;

namespace WildNOut.Web.Http;

/// <summary>How responses that only the web knows are written; the rest is the capabilities' own.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(Page<BattleView>))]
[JsonSerializable(typeof(Page<EntryView>))]
[JsonSerializable(typeof(Page<TokenTransaction>))]
[JsonSerializable(typeof(Page<AuditEntryView>))]
[JsonSerializable(typeof(Page<LedgerEntry>))]
[JsonSerializable(typeof(Page<UserCard>))]
[JsonSerializable(typeof(MeResponse))]
[JsonSerializable(typeof(ProfileResponse))]
[JsonSerializable(typeof(StatsResponse))]
[JsonSerializable(typeof(Page<NotificationView>))]
[JsonSerializable(typeof(UnreadResponse))]
[JsonSerializable(typeof(PreferencesResponse))]
[JsonSerializable(typeof(LeaderboardPage))]
[JsonSerializable(typeof(LeaderboardStanding))]
[JsonSerializable(typeof(VoteList))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(ChallengeResponse))]
[JsonSerializable(typeof(WalletResponse))]
[JsonSerializable(typeof(WalletsResponse))]
[JsonSerializable(typeof(SignInResponse))]
[JsonSerializable(typeof(CsrfResponse))]
[JsonSerializable(typeof(AchievementsResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(HealthDetails))]
public sealed partial class WebJson : JsonSerializerContext;
