package dev.parley.room;

import dev.parley.media.Encryption;
import dev.parley.room.RoomRefused.Reason;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/// A room as it is stored, and the rules for its settings.
@Entity
@Table(name = "room")
class Room {
  /// Room for a class or a department; whoever wants a small or a large room says so.
  static final int PARTICIPANTS = 50;

  static final int MAX_PARTICIPANTS = RoomChange.MOST_PARTICIPANTS;
  static final Duration LONGEST_EMPTY = Duration.ofDays(7);

  /// How long a room that nobody made on purpose waits for somebody to come back.
  static final Duration EPHEMERAL_EMPTY = Duration.ofMinutes(5);

  private static final int TITLE = 200;

  /// As many octets as servers of the LiveKit protocol take.
  static final int METADATA = 64_000;

  /// `.` and `..` mean something else in a path.
  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}");

  @Id private UUID id;
  private String name;
  private String title;

  @Column(name = "max_participants")
  private int maxParticipants;

  @Column(name = "empty_seconds")
  private long emptySeconds;

  /// Null: as long as it waits for the first.
  @Column(name = "departure_seconds")
  private Long departureSeconds;

  private String metadata;

  @Enumerated(EnumType.STRING)
  private Topology topology;

  @Enumerated(EnumType.STRING)
  private Access access;

  @Enumerated(EnumType.STRING)
  private Encryption encryption;

  private boolean lobby;
  private boolean locked;

  /// Made by somebody's coming, not on purpose.
  private boolean ephemeral;

  @Column(name = "created_at")
  private Instant createdAt;

  @Version private long version;

  protected Room() {}

  private Room(String name, Instant createdAt, boolean ephemeral) {
    this.id = UUID.randomUUID();
    this.name = name;
    this.title = name;
    this.maxParticipants = PARTICIPANTS;
    this.emptySeconds = ephemeral ? EPHEMERAL_EMPTY.toSeconds() : 0;
    this.topology = Topology.AUTO;
    this.access = Access.MEMBERS;
    this.encryption = Encryption.ALLOWED;
    this.ephemeral = ephemeral;
    this.createdAt = createdAt;
  }

  /// A room made on purpose; it stays until it is deleted, unless its settings say otherwise.
  static Room made(String name, RoomChange settings, Instant now) throws RoomRefused {
    Room room = new Room(name, now, false);
    room.change(settings);
    return room;
  }

  /// A room made because somebody came who may join it, as its token wishes.
  static Room ephemeral(String name, RoomChange wish, Instant now) throws RoomRefused {
    Room room = new Room(name, now, true);
    room.change(wish);
    return room;
  }

  static boolean isName(String name) {
    return name != null && NAME.matcher(name).matches();
  }

  static void requireName(String name) throws RoomRefused {
    if (!isName(name)) {
      throw new RoomRefused(
          Reason.ROOM_NAME_INVALID, "a room's name has 1 to 64 of a-z A-Z 0-9 . _ -");
    }
  }

  /// Checks all of a change, then makes all of it.
  void change(RoomChange change) throws RoomRefused {
    check(change);
    title = change.title() == null ? title : change.title().strip();
    maxParticipants = or(change.maxParticipants(), maxParticipants);
    emptySeconds = change.emptyTimeout() == null ? emptySeconds : change.emptyTimeout().toSeconds();
    topology = or(change.topology(), topology);
    access = or(change.access(), access);
    lobby = or(change.lobby(), lobby);
    locked = or(change.locked(), locked);
    encryption = or(change.encryption(), encryption);
    departureSeconds =
        change.departureTimeout() == null
            ? departureSeconds
            : Long.valueOf(change.departureTimeout().toSeconds());
    if (change.metadata() != null) {
      metadata = change.metadata().isEmpty() ? null : change.metadata();
    }
  }

  private static <T> T or(T wished, T present) {
    return wished == null ? present : wished;
  }

  private static void check(RoomChange change) throws RoomRefused {
    String title = change.title();
    if (title != null
        && (title.isBlank()
            || title.length() > TITLE
            || title.codePoints().anyMatch(Character::isISOControl))) {
      throw invalid("a title is one line of 1 to " + TITLE + " characters");
    }
    Integer most = change.maxParticipants();
    if (most != null && (most < 1 || most > MAX_PARTICIPANTS)) {
      throw invalid("maxParticipants is 1 to " + MAX_PARTICIPANTS);
    }
    timeout("emptyTimeout", change.emptyTimeout());
    timeout("departureTimeout", change.departureTimeout());
    String metadata = change.metadata();
    if (metadata != null && metadata.getBytes(StandardCharsets.UTF_8).length > METADATA) {
      throw invalid("metadata has at most " + METADATA + " octets");
    }
    if (metadata != null && metadata.indexOf('\0') >= 0) {
      throw invalid("metadata has no NUL");
    }
  }

  private static void timeout(String setting, Duration wished) throws RoomRefused {
    if (wished != null && (wished.isNegative() || wished.compareTo(LONGEST_EMPTY) > 0)) {
      throw invalid(setting + " is 0 to " + LONGEST_EMPTY.toSeconds() + " seconds");
    }
  }

  private static RoomRefused invalid(String message) {
    return new RoomRefused(Reason.SETTING_INVALID, message);
  }

  RoomView view() {
    return new RoomView(
        id,
        name,
        title,
        maxParticipants,
        Duration.ofSeconds(emptySeconds),
        topology,
        access,
        lobby,
        locked,
        encryption,
        Duration.ofSeconds(departureSeconds == null ? emptySeconds : departureSeconds),
        metadata,
        createdAt);
  }
}
