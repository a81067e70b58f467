package dev.parley.engine.cascade;

import dev.parley.engine.Tally;
import dev.parley.engine.sfu.Branches;
import dev.parley.engine.sfu.PublishedTrack;
import dev.parley.engine.sfu.Router;
import dev.parley.media.Counter;
import dev.parley.media.SfuCommand;
import java.util.HashMap;
import java.util.Map;

/// One loop's end of all rooms that it shares with others. Confined to that loop.
///
/// What is for a room that it does not share (any more) is dropped: branches that come to know of
/// each other [Note.Meet] and tell everything again.
public final class Cascade implements Branches {
  private final int loop;
  private final Crossing crossing;
  private final Tally tally;
  private final Arrivals arrivals = new Arrivals();
  private final Map<String, SharedRoom> rooms = new HashMap<>();

  /// @param loop its number
  public Cascade(int loop, Crossing crossing, Tally tally) {
    this.loop = loop;
    this.crossing = crossing;
    this.tally = tally;
  }

  /// A note of another loop.
  public void told(int from, Note note, long now) {
    SharedRoom room = rooms.get(note.room());
    if (room != null) {
      room.told(from, note, now);
    }
  }

  /// Hot: a packet of another loop.
  public void carried(Label label, byte[] octets, int at, int length, long now) {
    FarTrack track = arrivals.find(label);
    if (track == null || !track.received(label, octets, at, length, now)) {
      tally.count(Counter.SFU_DROPPED);
    } else {
      tally.count(Counter.SFU_CARRIED_IN);
    }
  }

  @Override
  public void spread(SfuCommand.Spread order, long now) {
    if (order.loops().contains(loop)) {
      SharedRoom room = rooms.computeIfAbsent(order.room(), name -> new SharedRoom(this, name));
      room.spread(order.loops().stream().filter(each -> each != loop).toList(), now);
      room.lead(order.lead() == loop, now);
    } else {
      SharedRoom room = rooms.remove(order.room());
      if (room != null) {
        room.end(now);
      }
    }
  }

  @Override
  public void opened(Router router, long now) {
    SharedRoom room = rooms.get(router.name());
    if (room != null) {
      room.opened(router, now);
    }
  }

  @Override
  public void closed(Router router, long now) {
    SharedRoom room = rooms.get(router.name());
    if (room != null) {
      room.closed(now);
    }
  }

  @Override
  public void up(Router router, PublishedTrack track) {
    SharedRoom room = rooms.get(router.name());
    if (room != null) {
      room.up(track);
    }
  }

  @Override
  public void changed(Router router, PublishedTrack track) {
    SharedRoom room = rooms.get(router.name());
    if (room != null) {
      room.changed(track);
    }
  }

  @Override
  public void down(Router router, PublishedTrack track, long now) {
    SharedRoom room = rooms.get(router.name());
    if (room != null) {
      room.down(track, now);
    }
  }

  @Override
  public void flush() {
    crossing.flush();
  }

  Crossing crossing() {
    return crossing;
  }

  Tally tally() {
    return tally;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  /// Whether nothing is left.
  public boolean isEmpty() {
    return rooms.isEmpty() && arrivals.isEmpty();
  }
}
