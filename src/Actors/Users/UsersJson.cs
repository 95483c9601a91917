using System.Text.Json.Serialization;
using WildNOut.Actors.Engine;

namespace WildNOut.Actors.Users;

/// <summary>JSON contracts of the capability, for the journal, for the wire between nodes, and for subscribers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(WelcomeUser))]
[JsonSerializable(typeof(LearnIdentity))]
[JsonSerializable(typeof(UpdateProfile))]
[JsonSerializable(typeof(GrantRole))]
[JsonSerializable(typeof(RevokeRole))]
[JsonSerializable(typeof(AwardPoints))]
[JsonSerializable(typeof(DeductPoints))]
[JsonSerializable(typeof(RecordDeeds))]
[JsonSerializable(typeof(DeleteUser))]
[JsonSerializable(typeof(HearUsername))]
[JsonSerializable(typeof(UserJoined))]
[JsonSerializable(typeof(IdentityLearned))]
[JsonSerializable(typeof(ProfileUpdated))]
[JsonSerializable(typeof(UsernameSet))]
[JsonSerializable(typeof(UsernameConfirmed))]
[JsonSerializable(typeof(UsernameLost))]
[JsonSerializable(typeof(UsernameReleased))]
[JsonSerializable(typeof(UsernameRefused))]
[JsonSerializable(typeof(RoleGranted))]
[JsonSerializable(typeof(RoleRevoked))]
[JsonSerializable(typeof(PointsAwarded))]
[JsonSerializable(typeof(PointsDeducted))]
[JsonSerializable(typeof(LevelChanged))]
[JsonSerializable(typeof(DeedRecorded))]
[JsonSerializable(typeof(UserDeleted))]
[JsonSerializable(typeof(GetUser))]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(PointsView))]
[JsonSerializable(typeof(Applied))]
[JsonSerializable(typeof(UserSnapshot))]
[JsonSerializable(typeof(ClaimUsername))]
[JsonSerializable(typeof(ConfirmUsername))]
[JsonSerializable(typeof(ReleaseUsername))]
[JsonSerializable(typeof(GetUsernameOwner))]
[JsonSerializable(typeof(NameClaimed))]
[JsonSerializable(typeof(NameConfirmed))]
[JsonSerializable(typeof(NameReleased))]
[JsonSerializable(typeof(UsernameReply))]
[JsonSerializable(typeof(UsernameOwner))]
[JsonSerializable(typeof(UsernameState))]
[JsonSerializable(typeof(PointsChange))]
[JsonSerializable(typeof(LevelChange))]
[JsonSerializable(typeof(ProfileChange))]
public sealed partial class UsersJson : JsonSerializerContext;
