package dev.parley.engine.turn.auth;

import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.FiveTuple;

/// A request with all that its judgement rests on; dies with it.
///
/// @param bound the credential of the allocation on the path, or null
/// @param key what the database knows, or null where it was not asked
/// @param seconds since 1970
record Case(
    StunMessage request,
    Claim claim,
    FiveTuple path,
    Credential bound,
    FoundKey key,
    long seconds) {}
