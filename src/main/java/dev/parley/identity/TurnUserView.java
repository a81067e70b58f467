package dev.parley.identity;

import java.time.Instant;
import java.util.UUID;

/// A TURN user as administrators see it, without its password, which nobody can read again.
///
/// @param realm the realm its keys are made for
/// @param enabled whether it may allocate
public record TurnUserView(
    UUID id, String realm, String name, boolean enabled, Instant createdAt) {}
