package dev.parley.engine.sfu;

import dev.parley.engine.Deadline;
import dev.parley.engine.Engine;
import dev.parley.engine.Tally;
import dev.parley.engine.cascade.BranchEngine;
import dev.parley.engine.cascade.Cascade;
import dev.parley.engine.cascade.Crossing;
import dev.parley.engine.cascade.Label;
import dev.parley.engine.cascade.Note;
import dev.parley.lab.SfuNetwork;
import dev.parley.media.MediaCommand;
import dev.parley.media.PeerState;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/// The engines of several loops as one, for one room: peers are placed on them in turn, what the
/// engines pass to each other takes a while, and packets may get lost on that way.
final class Floors implements Engine {
  private static final TransportAddress SERVER = TransportAddress.ipv4(0xc0000209, 7882);

  /// Each takes a peer in turn.
  private final List<Floor> floors = new ArrayList<>();

  private final Map<String, Integer> places = new HashMap<>();
  private final List<String> present = new ArrayList<>();
  private final SfuNetwork network;
  private final SplittableRandom random = new SplittableRandom(3);
  private List<Integer> spread = List.of();

  /// The share of packets that get lost between loops.
  double loss;

  /// How long notes and packets are on their way between loops.
  Duration crossing = Duration.ofMillis(1);

  private record Floor(SfuEngine engine, Cascade cascade, BranchEngine branch) {}

  Floors(
      int loops,
      SfuNetwork network,
      Tally tally,
      BiFunction<TransportAddress, Branches, SfuEngine> engines) {
    this.network = network;
    for (int i = 0; i < loops; i++) {
      Cascade cascade = new Cascade(i, new Way(i), tally);
      SfuEngine engine = engines.apply(SERVER.withPort(SERVER.port() + i), cascade);
      floors.add(new Floor(engine, cascade, new BranchEngine(engine, cascade)));
    }
  }

  private final class Way implements Crossing {
    private final int from;

    Way(int from) {
      this.from = from;
    }

    @Override
    public void tell(int loop, Note note) {
      network.later(
          crossing,
          () -> {
            floors.get(loop).branch.told(from, note, network.now());
            floors.get(loop).branch.drained(network.now());
          });
    }

    @Override
    public boolean carry(int loop, Label label, byte[] octets, int at, int length) {
      if (random.nextDouble() < loss) {
        return false;
      }
      byte[] copy = Arrays.copyOfRange(octets, at, at + length);
      network.later(
          crossing,
          () -> {
            floors.get(loop).branch.carried(label, copy, 0, length, network.now());
            floors.get(loop).branch.drained(network.now());
          });
      return true;
    }
  }

  /// Where a peer's loop listens.
  TransportAddress server(String peer) {
    return SERVER.withPort(SERVER.port() + place(peer));
  }

  private int place(String peer) {
    return places.computeIfAbsent(peer, _ -> places.size() % floors.size());
  }

  @Override
  public void command(MediaCommand command, long now) {
    switch (command) {
      case SfuCommand.OpenPeer it -> {
        present.add(it.peer());
        spread(it.room(), now);
        to(it.peer(), it, now);
      }
      case SfuCommand.Describe it -> to(it.peer(), it, now);
      case SfuCommand.RestartIce it -> to(it.peer(), it, now);
      case SfuCommand.ChangePolicy it -> to(it.peer(), it, now);
      case SfuCommand.ClosePeer it -> to(it.peer(), it, now);
      case SfuCommand.Subscribe it -> to(it.peer(), it, now);
      case SfuCommand.Pause it -> to(it.peer(), it, now);
      case SfuCommand.Prefer it -> to(it.peer(), it, now);
      default -> floors.forEach(floor -> floor.branch.command(command, now));
    }
  }

  private void to(String peer, SfuCommand command, long now) {
    floors.get(place(peer)).branch.command(command, now);
  }

  private void spread(String room, long now) {
    List<Integer> loops = present.stream().map(this::place).distinct().toList();
    if (!loops.equals(spread)) {
      List<Integer> before = spread;
      spread = loops;
      for (int i = 0; i < floors.size(); i++) {
        if (loops.contains(i) || before.contains(i)) {
          int lead = loops.isEmpty() ? 0 : loops.getFirst();
          floors.get(i).branch.command(new SfuCommand.Spread(room, i, loops, lead), now);
        }
      }
    }
  }

  /// As the desk learns of peers that are gone, later than the loop itself.
  void told(SfuEvent event) {
    if (event instanceof SfuEvent.PeerChanged change && change.state() == PeerState.CLOSED) {
      network.later(
          Duration.ofMillis(2),
          () -> {
            present.remove(change.peer());
            spread(change.room(), network.now());
          });
    }
  }

  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    floors.get(path.local().port() - SERVER.port()).branch.receive(octets, at, length, path, now);
  }

  @Override
  public void drained(long now) {
    floors.forEach(floor -> floor.branch.drained(now));
  }

  @Override
  public void closed(FiveTuple path, long now) {
    floors.get(path.local().port() - SERVER.port()).branch.closed(path, now);
  }

  @Override
  public void tick(long now) {
    for (Floor floor : floors) {
      if (Deadline.due(floor.branch.deadline(), now)) {
        floor.branch.tick(now);
      }
    }
  }

  @Override
  public long deadline() {
    long earliest = NEVER;
    for (Floor floor : floors) {
      earliest = Deadline.earlier(earliest, floor.branch.deadline());
    }
    return earliest;
  }

  /// Whether nothing is left on any of them.
  boolean isEmpty() {
    return floors.stream().allMatch(floor -> floor.engine.isEmpty() && floor.cascade.isEmpty());
  }
}
