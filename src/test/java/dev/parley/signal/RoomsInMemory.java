package dev.parley.signal;

import dev.parley.identity.Grant;
import dev.parley.room.Access;
import dev.parley.room.Admission;
import dev.parley.room.RoomChange;
import dev.parley.room.RoomRefused;
import dev.parley.room.RoomView;
import dev.parley.room.Rooms;
import dev.parley.room.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Rooms without a database. A token is `identity` with any of `+admin`, `+hidden`, `+silent` (may
/// not publish), `+deaf` (may not subscribe), `+mum` (may not send data); `expired` is refused;
/// rooms are made on demand unless their name begins with `no-`.
public final class RoomsInMemory implements Rooms {
  private final Map<String, RoomView> rooms = new ConcurrentHashMap<>();
  private final AtomicLong guests = new AtomicLong();

  /// How often someone was admitted or refused.
  public final AtomicLong asked = new AtomicLong();

  /// Run inside of the next admission, after the decision; for races.
  public volatile Runnable meanwhile = () -> {};

  @Override
  public Admission admit(String room, String token, String name) throws RoomRefused {
    asked.incrementAndGet();
    if (room.startsWith("no-")) {
      throw new RoomRefused(RoomRefused.Reason.ROOM_NOT_FOUND, "no such room");
    }
    if ("expired".equals(token)) {
      throw new RoomRefused(RoomRefused.Reason.TOKEN_EXPIRED, "the token has expired");
    }
    if ("broken".equals(token)) {
      throw new IllegalStateException("database away");
    }
    var view = rooms.computeIfAbsent(room, RoomsInMemory::fresh);
    Set<String> words = token == null ? Set.of() : Set.copyOf(List.of(token.split("\\+")));
    String identity = token == null ? "guest-" + guests.incrementAndGet() : token.split("\\+")[0];
    boolean admin = words.contains("admin");
    var grant =
        new Grant(
            identity,
            name == null ? identity : name,
            null,
            true,
            admin,
            admin,
            admin,
            !words.contains("silent"),
            !words.contains("deaf"),
            !words.contains("mum"),
            words.contains("hidden"),
            null,
            Instant.MAX);
    var admission = new Admission(grant, view, token == null, admin);
    meanwhile.run();
    return admission;
  }

  @Override
  public boolean opens(Grant grant) {
    return !grant.room().startsWith("no-");
  }

  @Override
  public RoomView create(String room, RoomChange settings) throws RoomRefused {
    rooms.put(room, fresh(room));
    return change(room, settings);
  }

  @Override
  public Optional<RoomView> find(String room) {
    return Optional.ofNullable(rooms.get(room));
  }

  @Override
  public List<RoomView> list() {
    return List.copyOf(rooms.values());
  }

  @Override
  public RoomView change(String room, RoomChange c) throws RoomRefused {
    var was = rooms.get(room);
    if (was == null) {
      throw new RoomRefused(RoomRefused.Reason.ROOM_NOT_FOUND, "no such room");
    }
    if (c.maxParticipants() != null && c.maxParticipants() < 1) {
      throw new RoomRefused(RoomRefused.Reason.SETTING_INVALID, "at least one");
    }
    var now =
        new RoomView(
            was.id(),
            room,
            or(c.title(), was.title()),
            or(c.maxParticipants(), was.maxParticipants()),
            or(c.emptyTimeout(), was.emptyTimeout()),
            or(c.topology(), was.topology()),
            or(c.access(), was.access()),
            or(c.lobby(), was.lobby()),
            or(c.locked(), was.locked()),
            or(c.encryption(), was.encryption()),
            departure(c, was),
            or(c.metadata(), was.metadata()),
            was.createdAt());
    rooms.put(room, now);
    return now;
  }

  /// As long as it waits for the first, unless something else was said.
  private static Duration departure(RoomChange c, RoomView was) {
    boolean same = was.departureTimeout().equals(was.emptyTimeout());
    return or(
        c.departureTimeout(),
        same ? or(c.emptyTimeout(), was.emptyTimeout()) : was.departureTimeout());
  }

  @Override
  public boolean delete(String room) {
    return rooms.remove(room) != null;
  }

  private static RoomView fresh(String name) {
    return new RoomView(
        UUID.randomUUID(),
        name,
        name,
        4,
        Duration.ofSeconds(60),
        Topology.AUTO,
        Access.OPEN,
        false,
        false);
  }

  private static <T> T or(T changed, T before) {
    return changed == null ? before : changed;
  }
}
