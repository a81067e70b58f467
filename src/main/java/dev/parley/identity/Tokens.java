package dev.parley.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;

/// Access tokens at the counter: takes those of others, hands out Parley's own.
@ApplicationScoped
public class Tokens {
  private static final String GUEST = "guest-";

  private final KeyRing ring;
  private final InstantSource clock;

  /// For the container's proxy.
  Tokens() {
    this(null, null);
  }

  @Inject
  public Tokens(KeyRing ring, InstantSource clock) {
    this.ring = ring;
    this.clock = clock;
  }

  /// What a token allows that its bearer shows to join a room. The database is asked, if at all,
  /// only of a token that is right in every respect.
  ///
  /// @throws TokenRefused with the first reason
  public Grant join(String token, String room) throws TokenRefused {
    return AccessToken.verifyJoin(token, room, ring, clock.instant());
  }

  /// What a token allows, whatever that is.
  ///
  /// @throws TokenRefused with the first reason
  public Grant verify(String token) throws TokenRefused {
    return AccessToken.verifyFully(token, ring, clock.instant());
  }

  /// A token signed with Parley's own key, which every node with the same master secret takes.
  public String mint(Grant grant) {
    return AccessToken.mint(grant, ApiKeys.OWN, ring.secret(ApiKeys.OWN), clock.instant());
  }

  /// A made-up identity for somebody nobody vouches for.
  public static String guestIdentity() {
    return GUEST + Texts.random(16);
  }

  /// Whether an identity says that nobody vouches for it.
  public static boolean isGuest(String identity) {
    return identity.startsWith(GUEST);
  }
}
