package dev.parley.room;

import dev.parley.identity.AccountView;
import dev.parley.identity.Grant;
import dev.parley.identity.IdentityRefused;
import dev.parley.identity.InviteView;
import dev.parley.identity.Invites;
import dev.parley.identity.Tokens;
import dev.parley.room.RoomRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Hands out access tokens to people: to accounts, to who was invited, to guests of open rooms.
@ApplicationScoped
public class Passes {
  /// Long enough to reload the page through a long meeting: an invite may be good for one use only.
  static final Duration LIFETIME = Duration.ofHours(6);

  private final StoredRooms rooms;
  private final Invites invites;
  private final Tokens tokens;
  private final InstantSource clock;

  /// An access token for one room.
  ///
  /// @param token the token
  /// @param grant what it allows
  /// @param room the room as it stands
  public record Pass(String token, Grant grant, RoomView room) {
    @Override
    public String toString() {
      return "Pass[" + grant.identity() + "]";
    }
  }

  /// For the container's proxy.
  Passes() {
    this(null, null, null, null);
  }

  @Inject
  public Passes(StoredRooms rooms, Invites invites, Tokens tokens, InstantSource clock) {
    this.rooms = rooms;
    this.invites = invites;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// A pass for somebody who is logged in. Hosts and administrators moderate; a member does who
  /// comes with an invite that says so.
  ///
  /// @param invite code of an invite, or null
  /// @param name how to be called in this room, or null: as the account says
  public Pass forAccount(String room, AccountView account, String invite, String name)
      throws RoomRefused {
    Room.requireName(room);
    boolean moderator = account.role().hosts();
    RoomView view;
    if (invite != null && !moderator) {
      view = rooms.require(room);
      moderator = redeem(room, invite).moderator();
    } else {
      view = rooms.open(room);
    }
    String shown = name == null || name.isBlank() ? account.displayName() : name;
    return pass(
        view,
        account.name(),
        StoredRooms.guestName(shown),
        moderator,
        clock.instant().plus(LIFETIME));
  }

  /// A pass for whoever has an invite; uses it once.
  ///
  /// @param name how to be called, or null
  public Pass forInvite(String room, String invite, String name) throws RoomRefused {
    RoomView view = rooms.require(room);
    InviteView used = redeem(room, invite);
    Instant most = clock.instant().plus(LIFETIME);
    return pass(
        view,
        Tokens.guestIdentity(),
        StoredRooms.guestName(name),
        used.moderator(),
        used.expires().isBefore(most) ? used.expires() : most);
  }

  /// A pass for a guest of an open room.
  ///
  /// @param name how to be called, or null
  public Pass forGuest(String room, String name) throws RoomRefused {
    Admission admission = rooms.admit(room, null, name);
    return pass(
        admission.room(),
        admission.grant().identity(),
        admission.grant().name(),
        false,
        admission.grant().expires());
  }

  private InviteView redeem(String room, String invite) throws RoomRefused {
    try {
      return invites.redeem(room, invite);
    } catch (IdentityRefused e) {
      throw new RoomRefused(Reason.INVITE_INVALID, e.getMessage());
    }
  }

  private Pass pass(
      RoomView room, String identity, String name, boolean moderator, Instant expires) {
    // The token carries whole seconds (RFC 7519, section 2, NumericDate as everyone writes it).
    Instant seconds = expires.truncatedTo(ChronoUnit.SECONDS);
    Grant grant = Grant.join(identity, name, room.name(), moderator, seconds);
    return new Pass(tokens.mint(grant), grant, room);
  }
}
