package dev.parley.identity;

import java.time.Instant;

/// An account as the rest of the house sees it: a value, the entity stays behind.
///
/// @param name what its owner logs in with and the identity in rooms
/// @param displayName what others see
/// @param role what it may do
/// @param disabled whether it may do nothing at all
/// @param createdAt when it was made
public record AccountView(
    String name, String displayName, Role role, boolean disabled, Instant createdAt) {}
