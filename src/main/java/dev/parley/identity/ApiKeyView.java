package dev.parley.identity;

import java.time.Instant;

/// An API key as administrators see it, without its secret.
///
/// @param id what tokens name as `iss`
/// @param label what it is for
/// @param createdAt when it was made; null for keys from settings
/// @param revokedAt when it ceased to hold, or null
public record ApiKeyView(String id, String label, Instant createdAt, Instant revokedAt) {}
