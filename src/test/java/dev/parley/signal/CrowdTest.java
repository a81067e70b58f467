package dev.parley.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.PeerLimits;
import dev.parley.media.SfuCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Many threads in few rooms: order between two people holds, and nobody hears another room.
class CrowdTest {
  private static final int ROOMS = 3;
  private static final int PEOPLE = 4;
  private static final int MESSAGES = 3_000;

  private static final Limits ROOMY =
      new Limits(
          65_536,
          65_536,
          1_000_000,
          10_000_000,
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofSeconds(600),
          65_536,
          16_777_216,
          1_000_000,
          268_435_456,
          PeerLimits.defaults());

  /// Of a server without the media half.
  private static final MediaPort NONE =
      new MediaPort() {
        @Override
        public boolean available() {
          return false;
        }

        @Override
        public void order(SfuCommand command) {
          // Nobody is there to follow it.
        }
      };

  private final ConcurrentLinkedQueue<String> wrongs = new ConcurrentLinkedQueue<>();
  private final RoomsInMemory rooms = new RoomsInMemory();
  private final AtomicLong clock = new AtomicLong(1_700_000_000_000L);
  private final Signaling signaling =
      new Signaling(
          rooms,
          ROOMY,
          (host, identity) -> List.of(),
          NONE,
          clock::get,
          new Ids(new Random(5)),
          Runnable::run);
  private final AtomicLong delivered = new AtomicLong();

  private final class Member implements Line {
    final String room;
    final Map<String, Integer> last = new HashMap<>();
    final List<Long> numbers = new ArrayList<>();
    volatile Attachment at;
    volatile String id;
    volatile String secret;
    volatile long seen;

    Member(String room) {
      this.room = room;
      attach();
      signaling.receive(at, new Request.Join(null, null, null, null, null, null));
    }

    void attach() {
      at = signaling.open(new Attachment.Knock(room, null, null, false), this);
    }

    void say(Member to, int number) {
      String body = "\"" + room + " " + number + "\"";
      signaling.receive(at, new Request.Relay(null, RelayKind.CANDIDATE, to.id, body, null));
    }

    @Override
    public boolean send(Notice notice, long seq) {
      if (seq > 0) {
        if (seq <= seen) {
          // Came on the old socket while the resume on the new one was on its way.
          return true;
        }
        if (seq != seen + 1) {
          wrongs.add("number " + seq + " after " + seen);
        }
        seen = seq;
      }
      switch (notice) {
        case Notice.Joined joined -> {
          id = joined.self().id();
          secret = joined.session();
        }
        case Notice.Relayed relayed -> {
          String[] words = relayed.body().replace("\"", "").split(" ");
          int number = Integer.parseInt(words[1]);
          Integer before = last.put(relayed.from(), number);
          if (!words[0].equals(room)) {
            wrongs.add("a message of room " + words[0] + " in room " + room);
          }
          if (before != null && before + 1 != number || before == null && number != 0) {
            wrongs.add(number + " after " + before);
          }
          delivered.incrementAndGet();
        }
        case Notice.Error error -> wrongs.add(error.toString());
        default -> {}
      }
      return true;
    }

    @Override
    public void close(CloseReason reason) {
      if (reason != CloseReason.REPLACED) {
        wrongs.add("closed: " + reason);
      }
    }
  }

  @Test
  void keepsOrderBetweenPairsAndTellsNothingToStrangers() throws InterruptedException {
    var members = new ArrayList<Member>();
    for (int i = 0; i < ROOMS * PEOPLE; i++) {
      members.add(new Member("room" + i % ROOMS));
    }
    var running = new AtomicBoolean(true);
    var done = new CountDownLatch(members.size());
    for (var member : members) {
      Thread.ofPlatform().daemon().start(() -> talk(member, members, done));
    }
    var bystander = Thread.ofPlatform().daemon().start(() -> disturb(running));
    assertTrue(done.await(120, TimeUnit.SECONDS));
    running.set(false);
    bystander.join(10_000);
    assertEquals(List.of(), List.copyOf(wrongs));
    assertEquals((long) ROOMS * PEOPLE * MESSAGES * (PEOPLE - 1), delivered.get());
    assertEquals(ROOMS * PEOPLE, signaling.traffic().participants());
    members.forEach(m -> signaling.receive(m.at, new Request.Leave(null)));
  }

  /// Sends to all others in the room, and now and then moves to a new socket.
  private void talk(Member self, List<Member> members, CountDownLatch done) {
    var random = new SplittableRandom(self.id.hashCode());
    for (int i = 0; i < MESSAGES; i++) {
      for (var other : members) {
        if (other != self && other.room.equals(self.room)) {
          self.say(other, i);
        }
      }
      if (random.nextInt(200) == 0) {
        var old = self.at;
        if (random.nextBoolean()) {
          signaling.detached(old);
        }
        self.attach();
        signaling.receive(self.at, new Request.Resume(null, self.secret, self.seen));
      }
    }
    done.countDown();
  }

  private void disturb(AtomicBoolean running) {
    while (running.get()) {
      clock.incrementAndGet();
      signaling.tick();
      signaling.present("room0");
      rooms.find("room1").ifPresent(signaling::roomChanged);
      signaling.remove("room2", "nobody", null);
      signaling.traffic();
    }
  }
}
