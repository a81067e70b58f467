package dev.parley.room;

import dev.parley.config.RoomSettings;
import dev.parley.config.Transactions;
import dev.parley.identity.Grant;
import dev.parley.identity.GrantDetails;
import dev.parley.identity.TokenRefused;
import dev.parley.identity.Tokens;
import dev.parley.room.RoomRefused.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// [Rooms] in the database.
@ApplicationScoped
public class StoredRooms implements Rooms {
  /// A guest's grant ends with the visit; this only bounds it for those who read `expires`.
  private static final Duration VISIT = Duration.ofHours(6);

  private static final int GUEST_NAME = 64;

  private final Transactions transactions;
  private final Tokens tokens;
  private final RoomSettings settings;
  private final InstantSource clock;

  /// For the container's proxy.
  StoredRooms() {
    this(null, null, null, null);
  }

  @Inject
  public StoredRooms(
      Transactions transactions, Tokens tokens, RoomSettings settings, InstantSource clock) {
    this.transactions = transactions;
    this.tokens = tokens;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Admission admit(String room, String token, String name) throws RoomRefused {
    Room.requireName(room);
    if (token == null || token.isBlank()) {
      return admitGuest(room, name);
    }
    Grant grant;
    try {
      grant = tokens.join(token, room);
    } catch (TokenRefused e) {
      throw new RoomRefused(reason(e.reason()), e.getMessage());
    }
    boolean guest = Tokens.isGuest(grant.identity());
    return new Admission(grant, open(room, grant), guest, grant.roomAdmin());
  }

  private Admission admitGuest(String room, String name) throws RoomRefused {
    RoomView view = require(room);
    if (view.access() != Access.OPEN) {
      throw new RoomRefused(Reason.TOKEN_MISSING, "this room needs an access token");
    }
    Grant grant =
        Grant.join(
            Tokens.guestIdentity(), guestName(name), room, false, clock.instant().plus(VISIT));
    return new Admission(grant, view, true, false);
  }

  /// What a guest wants to be called, cut to what can be shown; `Guest` where nothing is left.
  static String guestName(String wished) {
    if (wished == null) {
      return "Guest";
    }
    String shown =
        wished
            .codePoints()
            .filter(c -> !Character.isISOControl(c) && Character.isDefined(c))
            .limit(GUEST_NAME)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return shown.isEmpty() ? "Guest" : shown;
  }

  /// The room; made where the settings let those who may join make it.
  RoomView open(String room) throws RoomRefused {
    return open(room, settings.autoCreate(), RoomChange.NONE);
  }

  /// The room; made, as the token wishes, where its bearer may make it.
  private RoomView open(String room, Grant grant) throws RoomRefused {
    return open(room, makes(grant), wish(grant.details()));
  }

  /// Whether a grant's bearer may make a room that is missing.
  private boolean makes(Grant grant) {
    return settings.autoCreate() || grant.roomCreate();
  }

  @Override
  public boolean opens(Grant grant) {
    return makes(grant) || find(grant.room()).isPresent();
  }

  private RoomView open(String room, boolean mayMake, RoomChange wish) throws RoomRefused {
    Optional<RoomView> present = find(room);
    if (present.isPresent()) {
      return present.get();
    }
    if (!mayMake) {
      throw notFound();
    }
    Room fresh = Room.ephemeral(room, wish, clock.instant().truncatedTo(ChronoUnit.MICROS));
    try {
      return insert(fresh);
    } catch (PersistenceException e) {
      // Somebody else made it at the same moment; otherwise it is a real failure.
      return find(room).orElseThrow(() -> e);
    }
  }

  private static RoomChange wish(GrantDetails details) {
    GrantDetails.RoomWish wish = details.roomConfig();
    return wish == null
        ? RoomChange.NONE
        : RoomChange.wished(
            wish.maxParticipants(),
            seconds(wish.emptyTimeout()),
            seconds(wish.departureTimeout()),
            wish.metadata());
  }

  private static Duration seconds(Integer wished) {
    return wished == null ? null : Duration.ofSeconds(wished);
  }

  @Override
  public RoomView create(String room, RoomChange change) throws RoomRefused {
    Room.requireName(room);
    Room made = Room.made(room, change, clock.instant().truncatedTo(ChronoUnit.MICROS));
    try {
      return insert(made);
    } catch (PersistenceException e) {
      if (find(room).isPresent()) {
        throw new RoomRefused(Reason.ROOM_EXISTS, "there is a room of that name");
      }
      throw e;
    }
  }

  private RoomView insert(Room room) {
    return transactions.call(
        entities -> {
          entities.persist(room);
          return room.view();
        });
  }

  @Override
  public Optional<RoomView> find(String room) {
    return transactions.call(entities -> room(entities, room).map(Room::view));
  }

  /// The room, which has to exist.
  RoomView require(String room) throws RoomRefused {
    Room.requireName(room);
    return find(room).orElseThrow(StoredRooms::notFound);
  }

  @Override
  public List<RoomView> list() {
    return transactions.call(
        entities ->
            entities
                .createQuery("select r from Room r order by r.name", Room.class)
                .getResultStream()
                .map(Room::view)
                .toList());
  }

  @Override
  public RoomView change(String room, RoomChange change) throws RoomRefused {
    return transactions.retry(
        entities -> {
          Room stored = room(entities, room).orElseThrow(StoredRooms::notFound);
          stored.change(change);
          return stored.view();
        });
  }

  @Override
  public boolean delete(String room) {
    return transactions.retry(
        entities -> {
          Optional<Room> stored = room(entities, room);
          stored.ifPresent(entities::remove);
          return stored.isPresent();
        });
  }

  /// A name that no room can have is not asked for: PostgreSQL takes no NUL, not even in a
  /// question.
  private static Optional<Room> room(EntityManager entities, String name) {
    if (!Room.isName(name)) {
      return Optional.empty();
    }
    return entities
        .createQuery("select r from Room r where r.name = :name", Room.class)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  private static RoomRefused notFound() {
    return new RoomRefused(Reason.ROOM_NOT_FOUND, "there is no such room");
  }

  private static Reason reason(TokenRefused.Reason reason) {
    return switch (reason) {
      case MISSING -> Reason.TOKEN_MISSING;
      case MALFORMED -> Reason.TOKEN_MALFORMED;
      case UNKNOWN_KEY -> Reason.TOKEN_UNKNOWN_KEY;
      case SIGNATURE -> Reason.TOKEN_SIGNATURE;
      case EXPIRED -> Reason.TOKEN_EXPIRED;
      case NOT_YET_VALID -> Reason.TOKEN_NOT_YET_VALID;
      case OTHER_ROOM -> Reason.TOKEN_OTHER_ROOM;
      case NOT_GRANTED -> Reason.TOKEN_NOT_GRANTED;
    };
  }
}
