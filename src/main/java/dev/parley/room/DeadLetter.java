package dev.parley.room;

import java.time.Instant;
import java.util.UUID;

/// An event that was given up for one URL, as administrators see it.
///
/// @param event its id
/// @param kind its name
/// @param at when it happened
/// @param diedAt when it was given up
/// @param tries how often it was sent
/// @param cause why the last try failed
/// @param again whether it waits for one more try
public record DeadLetter(
    UUID id,
    String url,
    String room,
    String event,
    String kind,
    Instant at,
    Instant diedAt,
    int tries,
    String cause,
    boolean again) {}
