package dev.parley.door.json;

import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.SfuRefusal;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.signal.Attachment;
import dev.parley.signal.CloseReason;
import dev.parley.signal.ErrorCode;
import dev.parley.signal.Ids;
import dev.parley.signal.Limits;
import dev.parley.signal.Line;
import dev.parley.signal.MediaPort;
import dev.parley.signal.Notice;
import dev.parley.signal.Request;
import dev.parley.signal.RoomsInMemory;
import dev.parley.signal.Signaling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// A few people of both dialects in one room, fed with texts; whoever is thrown out is replaced. It
/// throws where an answer is not JSON or a refusal is not in our own words.
public final class FuzzTarget {
  private static final int PEOPLE = 4;

  private final SplittableRandom random;
  private final Sfu port = new Sfu();
  private final List<Person> people = new ArrayList<>();
  private final Signaling signaling;
  private long now = 1_700_000_000_000L;
  private long refused;
  private String lastId = "nobody";

  public FuzzTarget(SplittableRandom random) {
    this.random = random;
    this.signaling =
        new Signaling(
            new RoomsInMemory(),
            Limits.DEFAULTS,
            (host, identity) -> List.of(),
            port,
            () -> now,
            new Ids(new Random(random.nextLong())),
            Runnable::run);
    for (int i = 0; i < PEOPLE; i++) {
      people.add(null);
    }
  }

  /// The id of someone who was seen lately.
  public String someone() {
    return lastId;
  }

  public void feed(String text) {
    now += 20 + random.nextInt(8) * 5L;
    int seat = random.nextInt(PEOPLE);
    var before = people.get(seat);
    if (before == null || before.closed) {
      if (before != null && !before.reported) {
        before.report();
      }
      people.set(seat, new Person(seat));
    }
    var person = people.get(seat);
    var request = person.dialect.read(text);
    if (request instanceof Request.Unreadable bad) {
      refused++;
      ours(bad.message());
    }
    signaling.receive(person.at, request);
    port.answer();
    // The container reports the end of a socket whoever ended it.
    if (person.closed || random.nextInt(500) == 0) {
      person.closed = true;
      person.report();
    }
    if (random.nextInt(1_000) == 0) {
      signaling.traffic();
      signaling.present("r");
    }
  }

  /// What is wrong with the run as a whole, or nothing.
  public String verdict(long inputs) {
    if (signaling.traffic().sockets() > PEOPLE) {
      return "sockets were forgotten: " + signaling.traffic();
    }
    return refused > inputs / 10 && refused < inputs * 9 / 10
        ? ""
        : "the mutants are too tame or too wild: " + refused + " of " + inputs + " refused";
  }

  private static void ours(String message) {
    if (message.length() > 80 || !message.matches("[A-Za-z ,.0-9]+")) {
      throw new IllegalStateException("not our own words: " + message);
    }
  }

  /// Does something with what it is ordered, and now and then something nobody ordered.
  private final class Sfu implements MediaPort {
    private final ArrayDeque<SfuCommand> orders = new ArrayDeque<>();

    @Override
    public boolean available() {
      return true;
    }

    @Override
    public void order(SfuCommand command) {
      orders.add(command);
    }

    void answer() {
      while (!orders.isEmpty()) {
        switch (orders.remove()) {
          case SfuCommand.OpenPeer open -> {
            var track =
                new TrackView(
                    random.nextBoolean() ? "t" : "u",
                    open.participant(),
                    TrackKind.VIDEO,
                    "camera",
                    "VP8",
                    false,
                    List.of());
            signaling.told(new SfuEvent.TrackUp(open.room(), open.peer(), "0", track));
            signaling.told(new SfuEvent.Subscribed(open.room(), open.peer(), "t", null));
          }
          case SfuCommand.Describe it -> described(it);
          case SfuCommand.Unpublish it ->
              signaling.told(new SfuEvent.TrackDown(it.room(), it.participant(), it.track()));
          default -> {}
        }
      }
    }

    private void described(SfuCommand.Describe it) {
      signaling.told(
          switch (random.nextInt(4)) {
            case 0 ->
                new SfuEvent.Described(it.room(), it.peer(), it.number(), SdpType.ANSWER, "v=0");
            case 1 ->
                new SfuEvent.Described(it.room(), it.peer(), it.number(), SdpType.OFFER, "v=0");
            case 2 -> new SfuEvent.PeerChanged(it.room(), it.peer(), PeerState.CLOSED, "consent");
            default ->
                new SfuEvent.DescriptionRefused(
                    it.room(), it.peer(), random.nextInt(2), SfuRefusal.STALE, "too late");
          });
    }
  }

  private final class Person implements Line {
    final Dialect dialect;
    final Attachment at;
    boolean closed;
    boolean reported;

    Person(int seat) {
      dialect = seat == 0 ? Dialect.CLASSIC : Dialect.PARLEY_V1;
      String room = seat < 3 ? "r" : "s";
      at = signaling.open(new Attachment.Knock(room, null, null, seat == 0), this);
      if (seat == 0 || random.nextBoolean()) {
        String token = seat == 1 ? "mod+admin" : null;
        signaling.receive(at, new Request.Join(null, token, null, null, null, null));
      }
    }

    void report() {
      reported = true;
      signaling.detached(at);
    }

    @Override
    public boolean send(Notice notice, long seq) {
      if (notice instanceof Notice.Joined joined) {
        lastId = joined.self().id();
      }
      if (notice instanceof Notice.Error error) {
        ours(error.message());
        if (error.code() == ErrorCode.INTERNAL) {
          throw new IllegalStateException("a failure of ours");
        }
      }
      String text = dialect.write(notice, seq);
      try {
        if (text != null) {
          JsonObject.of(text);
        }
      } catch (BadMessage e) {
        throw new IllegalStateException("an answer is not JSON: " + text, e);
      }
      return true;
    }

    @Override
    public void close(CloseReason reason) {
      closed = true;
    }
  }
}
