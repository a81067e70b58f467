package dev.parley.identity;

import java.time.Instant;
import java.util.UUID;

/// An invite as those who made it see it, without its code.
///
/// @param id its key
/// @param room the room's name
/// @param createdBy identity of whoever made it
/// @param createdAt when
/// @param expires when it ends
/// @param remaining how often it can still be used, null: without limit
/// @param moderator whether who comes with it may moderate
/// @param revoked whether it was taken back
public record InviteView(
    UUID id,
    String room,
    String createdBy,
    Instant createdAt,
    Instant expires,
    Integer remaining,
    boolean moderator,
    boolean revoked) {}
