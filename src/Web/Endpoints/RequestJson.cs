using System.Text.Json;
using System.Text.Json.Serialization;
using WildNOut.Actors.Battles;
using WildNOut.Actors.Engine;
using WildNOut.Actors.Users;
using WildNOut.Web.Http;

namespace WildNOut.Web.Endpoints;

/// <summary>How request bodies are read: unknown and repeated fields are refused, names are case-sensitive, depth is bounded.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = false,
    MaxDepth = 32,
    Converters =
    [
        typeof(TextConverter),
        typeof(InstantFieldConverter),
        typeof(NameConverter<BattleType>),
        typeof(NameConverter<BattleStatus>),
        typeof(NameConverter<ContentType>),
        typeof(NameConverter<VoteWeighting>),
        typeof(NameConverter<ModerationAction>),
        typeof(NameConverter<Role>),
        typeof(NameConverter<LedgerType>),
    ])]
[JsonSerializable(typeof(CreateBattleRequest))]
[JsonSerializable(typeof(EditBattleRequest))]
[JsonSerializable(typeof(MoveBattleRequest))]
[JsonSerializable(typeof(SubmitEntryRequest))]
[JsonSerializable(typeof(VoteRequest))]
[JsonSerializable(typeof(ModerateRequest))]
[JsonSerializable(typeof(DevelopmentTokenRequest))]
[JsonSerializable(typeof(WalletChallengeRequest))]
[JsonSerializable(typeof(WalletProofRequest))]
[JsonSerializable(typeof(RefreshTokenRequest))]
[JsonSerializable(typeof(MarkReadRequest))]
[JsonSerializable(typeof(PreferencesRequest))]
[JsonSerializable(typeof(EditProfileRequest))]
[JsonSerializable(typeof(RoleRequest))]
[JsonSerializable(typeof(PointsRequest))]
public sealed partial class RequestJson : JsonSerializerContext;
