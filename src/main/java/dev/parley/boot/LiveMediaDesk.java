package dev.parley.boot;

import dev.parley.door.rest.MediaDesk;
import dev.parley.media.MediaEvent;
import dev.parley.media.RoomMedia;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks every loop for what it has of a room and puts the answers together. Thread-safe; [#accept]
/// never waits, [#room] does.
@ApplicationScoped
public class LiveMediaDesk implements MediaDesk {
  /// A loop answers within a turn, some milliseconds; one that does not is stuck.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Questions questions;
  private volatile Loops loops;

  /// For the container.
  public LiveMediaDesk() {
    this(PATIENCE);
  }

  LiveMediaDesk(Duration patience) {
    questions = new Questions(patience);
  }

  /// From now on there are loops.
  void serve(Loops started) {
    loops = started;
  }

  /// The loops are about to end.
  void stop() {
    loops = null;
  }

  /// Takes an answer, on whatever thread; returns at once.
  void accept(SfuEvent.RoomDescribed answer) {
    questions.answered(answer.question(), answer);
  }

  @Override
  public Optional<RoomMedia> room(String name) {
    Loops now = loops;
    if (now == null) {
      return Optional.of(RoomMedia.NONE);
    }
    List<MediaEvent> answers =
        questions.ask(now, question -> new SfuCommand.DescribeRoom(name, question));
    List<RoomMedia> parts = new ArrayList<>();
    for (MediaEvent answer : answers) {
      if (answer instanceof SfuEvent.RoomDescribed described) {
        parts.add(described.media());
      }
    }
    return parts.size() < now.loops() ? Optional.empty() : Optional.of(merge(parts));
  }

  /// A track that is carried to other loops is described where its publisher is, who alone knows
  /// what came.
  private static RoomMedia merge(List<RoomMedia> parts) {
    List<RoomMedia.Peer> peers = new ArrayList<>();
    List<RoomMedia.Subscription> subscriptions = new ArrayList<>();
    Map<String, RoomMedia.Track> tracks = new LinkedHashMap<>();
    for (RoomMedia part : parts) {
      Set<String> here = new HashSet<>();
      part.peers().forEach(peer -> here.add(peer.id()));
      peers.addAll(part.peers());
      subscriptions.addAll(part.subscriptions());
      for (RoomMedia.Track track : part.tracks()) {
        if (here.contains(track.peer())) {
          tracks.put(track.id(), track);
        } else {
          tracks.putIfAbsent(track.id(), track);
        }
      }
    }
    return new RoomMedia(peers, List.copyOf(tracks.values()), subscriptions);
  }
}
