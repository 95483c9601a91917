using System.Text.Json;

namespace WildNOut.Web.Http;

/// <summary>A converter's complaint about a field, worded for clients.</summary>
/// <param name="message">What is wrong, such as <c>must be a UUID</c>.</param>
public sealed class FieldException(string message) : JsonException(message);
