package dev.parley.room;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/// One transaction's happenings: who is there and what webhooks tell of it, together. What changes
/// nothing, as the leave of one who is not there, is told to nobody.
///
/// Confined to its transaction. Locks the rooms, then their lanes, both in order.
final class Journal {
  private final EntityManager entities;
  private final HookText text;
  private final List<String> urls;
  private final String node;
  private final Supplier<String> ids;
  private final Map<String, HookRoom> rooms = new HashMap<>();
  private final Map<String, Long> before = new HashMap<>();
  private final Map<String, Gathering> gatherings = new HashMap<>();
  private final Map<String, Presence> presences = new HashMap<>();
  private final Map<String, Publication> publications = new LinkedHashMap<>();

  /// @param urls where events go
  /// @param node whose rooms these are
  /// @param ids makes ids of events
  Journal(
      EntityManager entities, HookText text, List<String> urls, String node, Supplier<String> ids) {
    this.entities = entities;
    this.text = text;
    this.urls = urls;
    this.node = node;
    this.ids = ids;
  }

  /// Writes what has happened, in this order.
  void write(List<Happening> happenings, Instant now) {
    lock(happenings.stream().map(Happening::room).toList());
    know(happenings.stream().map(Journal::participant).filter(p -> p != null).toList());
    happenings.forEach(this::apply);
    fill(now);
  }

  /// Ends what the last run of this node has left behind in a room: everyone is out, in the order
  /// they came, and nobody is there.
  void recover(String room, Instant now) {
    lock(List.of(room));
    var gathering = gatherings.get(room);
    if (gathering != null) {
      apply(new Happening.Ended(room, text.deserted(gathering.info()), now));
      fill(now);
    }
  }

  private void lock(Collection<String> names) {
    var sorted = new TreeSet<>(names);
    entities
        .createQuery(
            "select r from HookRoom r where r.room in :rooms order by r.room", HookRoom.class)
        .setParameter("rooms", sorted)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .forEach(room -> rooms.put(room.room(), room));
    for (var name : sorted) {
      var room = rooms.get(name);
      if (room == null) {
        room = new HookRoom(name);
        entities.persist(room);
        rooms.put(name, room);
      }
      before.put(name, room.last());
    }
    entities
        .createQuery("select g from Gathering g where g.room in :rooms", Gathering.class)
        .setParameter("rooms", sorted)
        .getResultList()
        .forEach(gathering -> gatherings.put(gathering.room(), gathering));
  }

  private void know(List<String> participants) {
    if (participants.isEmpty()) {
      return;
    }
    entities
        .createQuery("select p from Presence p where p.participant in :all", Presence.class)
        .setParameter("all", participants)
        .getResultList()
        .forEach(presence -> presences.put(presence.participant(), presence));
    entities
        .createQuery(
            "select p from Publication p where p.participant in :all order by p.place",
            Publication.class)
        .setParameter("all", participants)
        .getResultList()
        .forEach(publication -> publications.put(publication.track(), publication));
  }

  private static String participant(Happening happening) {
    return switch (happening) {
      case Happening.Came came -> came.participant();
      case Happening.Went went -> went.participant();
      case Happening.Published up -> up.participant();
      case Happening.Unpublished down -> down.participant();
      case Happening.Ended _ -> null;
    };
  }

  private void apply(Happening happening) {
    switch (happening) {
      case Happening.Came came when !presences.containsKey(came.participant()) -> came(came);
      case Happening.Went went when presences.containsKey(went.participant()) -> went(went);
      case Happening.Published up
          when presences.containsKey(up.participant()) && !publications.containsKey(up.track()) -> {
        long place = append(up, HookKind.TRACK_PUBLISHED, up.participantInfo(), up.trackInfo());
        var publication = new Publication(up.track(), up.participant(), up.trackInfo(), place);
        entities.persist(publication);
        publications.put(up.track(), publication);
      }
      case Happening.Unpublished down when publications.containsKey(down.track()) ->
          unpublished(down, publications.get(down.track()), down.participantInfo());
      case Happening.Ended ended when gatherings.containsKey(ended.room()) -> ended(ended);
      default -> {}
    }
  }

  private void came(Happening.Came came) {
    if (!gatherings.containsKey(came.room())) {
      append(came, HookKind.ROOM_STARTED, null, null);
      var gathering = new Gathering(came.room(), node, came.roomInfo(), came.at());
      entities.persist(gathering);
      gatherings.put(came.room(), gathering);
    }
    // It may have been another node's, or this one's under a name that was lost.
    gatherings.get(came.room()).node(node);
    long place = append(came, HookKind.PARTICIPANT_JOINED, came.participantInfo(), null);
    var presence =
        new Presence(came.participant(), came.room(), came.participantInfo(), place, came.at());
    entities.persist(presence);
    presences.put(came.participant(), presence);
  }

  /// Whoever is still there was left behind by a process that was killed.
  private void ended(Happening.Ended ended) {
    var left =
        entities
            .createQuery(
                "select p from Presence p where p.room = :room order by p.place", Presence.class)
            .setParameter("room", ended.room())
            .getResultList();
    know(left.stream().map(Presence::participant).toList());
    for (var one : left) {
      String info = text.interrupted(one.info());
      went(
          new Happening.Went(
              ended.room(), ended.roomInfo(), ended.at(), one.participant(), info, false));
    }
    append(ended, HookKind.ROOM_FINISHED, null, null);
    entities.remove(gatherings.remove(ended.room()));
    // EclipseLink inserts before it deletes, and the room may begin anew in this transaction.
    entities.flush();
  }

  private void went(Happening.Went went) {
    for (var publication : List.copyOf(publications.values())) {
      if (publication.participant().equals(went.participant())) {
        unpublished(went, publication, went.participantInfo());
      }
    }
    var kind = went.aborted() ? HookKind.PARTICIPANT_CONNECTION_ABORTED : HookKind.PARTICIPANT_LEFT;
    append(went, kind, went.participantInfo(), null);
    entities.remove(presences.remove(went.participant()));
  }

  private void unpublished(Happening why, Publication publication, String participantInfo) {
    append(why, HookKind.TRACK_UNPUBLISHED, participantInfo, publication.info());
    publications.remove(publication.track());
    entities.remove(publication);
  }

  private long append(Happening why, HookKind kind, String participant, String track) {
    long place = rooms.get(why.room()).next();
    String id = ids.get();
    String body = text.event(kind, id, why.at(), why.roomInfo(), participant, track);
    entities.persist(new HookEvent(why.room(), place, id, kind, why.at(), body));
    return place;
  }

  /// Tells the lanes that there is more. Under their locks: whoever finds a lane empty at this
  /// moment does so before or after us.
  private void fill(Instant now) {
    var grown = new TreeSet<String>();
    rooms.forEach(
        (name, room) -> {
          if (room.last() > before.get(name)) {
            grown.add(name);
          }
        });
    for (var room : grown) {
      for (var url : urls) {
        // One by one: of several rows in one statement, H2 takes the locks in an order of its own.
        var key = new HookLane.Key(url, room);
        var lane = entities.find(HookLane.class, key, LockModeType.PESSIMISTIC_WRITE);
        if (lane == null) {
          lane = new HookLane(url, room, before.get(room), now);
          entities.persist(lane);
        }
        lane.fill();
      }
    }
  }
}
