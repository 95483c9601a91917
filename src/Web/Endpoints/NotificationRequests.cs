using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace WildNOut.Web.Endpoints;

/// <summary>Marks notifications as read: some, or all there are.</summary>
public sealed record MarkReadRequest(
    [property: Description("1 to 100 notifications; those that are read already or gone do no harm.")] IReadOnlyList<Guid>? Ids,
    [property: Description("true in place of ids: everything.")] bool? All);

/// <summary>Says which kinds of notifications are wanted.</summary>
public sealed record PreferencesRequest(
    [property: Required, Description("By kind: true to be notified, false not to be. What is left out is true.")] IReadOnlyDictionary<string, bool>? Kinds);
