package dev.parley.door.livekit;

import dev.parley.identity.Grant;
import dev.parley.identity.Tokens;
import dev.parley.signal.ParticipantView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Gives one client a new token now and then, with what it may do by now: whoever stays longer than
/// its token lasts can come back. Confined to its socket.
final class Refresher {
  private static final Duration EVERY = Duration.ofMinutes(5);

  /// At least, from when it is given.
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final Tokens tokens;
  private final InstantSource clock;
  private final Grant grant;
  private Instant next = Instant.MIN;

  /// @param grant of the token it came with
  Refresher(Tokens tokens, InstantSource clock, Grant grant) {
    this.tokens = tokens;
    this.clock = clock;
    this.grant = grant;
  }

  /// A new token, or null where it is not time yet.
  synchronized String fresh(ParticipantView now) {
    var time = clock.instant();
    if (time.isBefore(next)) {
      return null;
    }
    next = time.plus(EVERY);
    var may = now.permissions();
    var least = time.plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS);
    var grown =
        new Grant(
            grant.identity(),
            now.name(),
            grant.room(),
            grant.roomJoin(),
            grant.roomCreate(),
            grant.roomList(),
            grant.roomAdmin(),
            may.publish(),
            may.subscribe(),
            may.publishData(),
            grant.hidden(),
            now.metadata(),
            grant.expires().isAfter(least) ? grant.expires() : least,
            grant.details().attributes(now.attributes()));
    return tokens.mint(grown);
  }
}
