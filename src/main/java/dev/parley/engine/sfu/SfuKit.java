package dev.parley.engine.sfu;

import dev.parley.engine.Tally;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.PacketChange;
import dev.parley.media.Counter;
import dev.parley.media.SfuEvent;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What all rooms of one loop share: timers, counters, chance, clocks and the list of members that
/// have something to settle. Confined to that loop.
final class SfuKit {
  private static final int NAME = 16;

  private final SfuSettings settings;
  private final Tally tally;
  private final Consumer<SfuEvent> events;
  private final RandomGenerator random;
  private final LongSupplier wall;
  private final Timers timers = new Timers();
  private final Overload overload;
  private final PlainAudio plainAudio = new PlainAudio();
  private final PacketChange change = new PacketChange();
  private final ArrayDeque<Member> unsettled = new ArrayDeque<>();
  private final ArrayDeque<PublishedTrack> gathered = new ArrayDeque<>();
  private final ArrayDeque<PublishedTrack> carried = new ArrayDeque<>();
  private Branches branches = Branches.NONE;
  private long now;
  private int layers;

  /// @param events takes what is told to the enterprise half
  /// @param random unpredictable to others
  /// @param wall nanoseconds since 1970
  SfuKit(
      SfuSettings settings,
      Tally tally,
      Consumer<SfuEvent> events,
      RandomGenerator random,
      LongSupplier wall) {
    this.settings = settings;
    overload = new Overload(settings.lastN());
    this.tally = tally;
    this.events = events;
    this.random = random;
    this.wall = wall;
  }

  SfuSettings settings() {
    return settings;
  }

  RandomGenerator random() {
    return random;
  }

  /// A short name nobody guesses.
  String name(String prefix) {
    StringBuilder name = new StringBuilder(prefix);
    for (int i = 0; i < NAME; i++) {
      name.append(Character.forDigit(random.nextInt(36), 36));
    }
    return name.toString();
  }

  Timers timers() {
    return timers;
  }

  /// What is done without by now.
  Overload overload() {
    return overload;
  }

  PlainAudio plainAudio() {
    return plainAudio;
  }

  /// What differs of the packet that is being sent.
  PacketChange change() {
    return change;
  }

  /// Where tracks go besides this loop.
  Branches branches() {
    return branches;
  }

  void branches(Branches other) {
    branches = other;
  }

  /// Nanoseconds since 1970.
  long wall() {
    return wall.getAsLong();
  }

  /// The time of this turn; what peers tell carries none.
  long now() {
    return now;
  }

  void now(long turn) {
    now = turn;
  }

  /// A number that no layer of this loop has had.
  int nextLayer() {
    return layers++;
  }

  void count(Counter counter) {
    tally.count(counter);
  }

  void count(Counter counter, long number) {
    tally.add(counter, number);
  }

  void tell(SfuEvent event) {
    events.accept(event);
  }

  /// The track has packets to forward; they wait for [#forward], so that those that came together
  /// leave together.
  ///
  /// @param beyond whether other branches have use for it
  void gathered(PublishedTrack track, boolean beyond) {
    gathered.add(track);
    if (beyond) {
      carried.add(track);
    }
  }

  /// Forwards what was gathered.
  void forward() {
    for (PublishedTrack track = carried.poll(); track != null; track = carried.poll()) {
      track.carry(now);
    }
    for (PublishedTrack track = gathered.poll(); track != null; track = gathered.poll()) {
      track.forward(now);
    }
  }

  /// The member has something to do at the end of this turn.
  void unsettled(Member member) {
    unsettled.add(member);
  }

  /// Does what members have to do, once each however much has happened to them.
  void settle() {
    for (Member member = unsettled.poll(); member != null; member = unsettled.poll()) {
      member.settle(now);
    }
  }
}
