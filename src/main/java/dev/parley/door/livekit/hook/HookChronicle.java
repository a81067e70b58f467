package dev.parley.door.livekit.hook;

import dev.parley.door.livekit.message.ParticipantMessages;
import dev.parley.door.livekit.message.RoomMessages;
import dev.parley.door.livekit.message.TrackMessages;
import dev.parley.room.Happening;
import dev.parley.room.Ledger;
import dev.parley.signal.Chronicle;
import dev.parley.signal.Fact;
import dev.parley.signal.ParticipantView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/// The facts of meetings, put into messages for the ledger on the ledger's own thread.
@ApplicationScoped
public class HookChronicle implements Chronicle {
  private final Ledger ledger;

  /// For the container's proxy.
  HookChronicle() {
    this(null);
  }

  @Inject
  public HookChronicle(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean kept() {
    return ledger.kept();
  }

  @Override
  public void write(Fact fact, Runnable written) {
    ledger.write(() -> happening(fact), written);
  }

  static Happening happening(Fact fact) {
    var scene = fact.scene();
    String name = scene.room().name();
    String room =
        HookMessages.text(RoomMessages.of(scene.room(), scene.participants(), scene.publishers()));
    return switch (fact) {
      case Fact.Joined it ->
          new Happening.Came(name, room, scene.at(), it.who().id(), info(it.who()));
      case Fact.Left it -> {
        String info = HookMessages.text(ParticipantMessages.gone(it.who(), it.why()));
        yield new Happening.Went(name, room, scene.at(), it.who().id(), info, !it.reached());
      }
      case Fact.Published it -> {
        String info = HookMessages.text(ParticipantMessages.of(it.who(), List.of(it.track())));
        String track = HookMessages.text(TrackMessages.of(it.track()));
        yield new Happening.Published(
            name, room, scene.at(), it.who().id(), info, it.track().id(), track);
      }
      case Fact.Unpublished it ->
          new Happening.Unpublished(
              name, room, scene.at(), it.who().id(), info(it.who()), it.track());
      case Fact.Ended _ -> new Happening.Ended(name, room, scene.at());
    };
  }

  private static String info(ParticipantView who) {
    return HookMessages.text(ParticipantMessages.of(who, List.of()));
  }
}
