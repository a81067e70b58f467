package dev.parley.lab;

import dev.parley.engine.Engine;
import dev.parley.engine.congestion.Bounds;
import dev.parley.engine.congestion.PacketKind;
import dev.parley.engine.congestion.SendSide;
import dev.parley.protocol.rtcp.RtcpReader;
import dev.parley.protocol.rtcp.RtcpVisitor;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtcp.TransportFeedbackWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/// A sender with congestion control, a bottleneck, and a receiver that gives transport-wide
/// feedback as browsers do, in virtual time.
public final class PathScenario {
  /// Audio leaves every 20 ms, whatever the estimate, bit/s.
  public static final int AUDIO_RATE = 40_000;

  private static final int AUDIO = AUDIO_RATE / 8 / 50;
  private static final int PACKET = 1_200;
  private static final Duration FEEDBACK = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Timeline timeline = new Timeline();
  private final Bottleneck path;
  private final PathSource source;
  private final SendSide sender;
  private final TransportFeedbackWriter feedback = new TransportFeedbackWriter(8_192);
  private final byte[] buffer = new byte[1_500];
  private final Queue<Integer> held = new ArrayDeque<>();
  private final PathCourse course = new PathCourse();
  private Duration back = Duration.ofMillis(25);
  private boolean answers = true;
  private boolean pads = true;
  private boolean woken;
  private long wakes;
  private long sentOctets;
  private double taken;

  public PathScenario(PathSource source, double bitsPerSecond) {
    this.source = source;
    path = new Bottleneck(timeline, bitsPerSecond);
    sender = new SendSide(Bounds.DEFAULT, timeline.now());
    sender.useful(source.useful(), timeline.now());
    timeline.every(Duration.ofNanos(1_000_000_000L / PathSource.FRAMES), this::frame);
    timeline.every(Duration.ofMillis(20), () -> leave(AUDIO, PacketKind.AUDIO));
    timeline.every(FEEDBACK, this::answer);
    timeline.every(LOOK, this::look);
  }

  public Timeline timeline() {
    return timeline;
  }

  public Bottleneck path() {
    return path;
  }

  public SendSide sender() {
    return sender;
  }

  public PathCourse course() {
    return course;
  }

  /// Both ways together; half of it each way.
  public PathScenario roundTrip(Duration both) {
    path.delay(both.dividedBy(2), Duration.ZERO);
    back = both.dividedBy(2);
    return this;
  }

  /// The receiver gives feedback, or gives none.
  public void answers(boolean does) {
    answers = does;
  }

  /// The sender pads when asked to, or cannot.
  public PathScenario pads(boolean does) {
    pads = does;
    return this;
  }

  /// What others take of the bottleneck, for the course only.
  public void taken(double bitsPerSecond) {
    taken = bitsPerSecond;
  }

  /// A flow beside it that sends at one rate.
  public void beside(double bitsPerSecond, Duration time) {
    taken += bitsPerSecond;
    long end = timeline.now() + time.toNanos();
    beside(Duration.ofNanos((long) (8e9 * PACKET / bitsPerSecond)), end, bitsPerSecond);
  }

  private void beside(Duration between, long end, double bitsPerSecond) {
    if (timeline.now() - end >= 0) {
      taken -= bitsPerSecond;
      return;
    }
    path.carry(PACKET, () -> {});
    timeline.after(between, () -> beside(between, end, bitsPerSecond));
  }

  public PathScenario pass(double seconds) {
    timeline.pass(Duration.ofNanos((long) (seconds * 1e9)));
    return this;
  }

  private void frame() {
    int octets = source.frame(sender.estimate());
    int packets = (octets + PACKET - 1) / PACKET;
    for (int i = 0; i < packets; i++) {
      held.add(octets / packets);
    }
    work();
  }

  /// Lets leave what may.
  private void work() {
    while (!held.isEmpty() && sender.delay(PacketKind.VIDEO, timeline.now()) == 0) {
      leave(held.remove(), PacketKind.VIDEO);
    }
    int due = sender.padding(timeline.now());
    while (pads && due > 0) {
      leave(Math.clamp(due, 200, PACKET), PacketKind.PADDING);
      due = sender.padding(timeline.now());
    }
    wake();
  }

  private void wake() {
    long now = timeline.now();
    long at = sender.deadline();
    if (!held.isEmpty()) {
      long free = now + sender.delay(PacketKind.VIDEO, now);
      at = at != Engine.NEVER && at - free < 0 ? at : free;
    }
    if (at == Engine.NEVER) {
      return;
    }
    // A loop does not come round more often.
    long least = now + 1_000_000;
    long next = at - least < 0 ? least : at;
    if (!woken || next - wakes < 0) {
      woken = true;
      wakes = next;
      timeline.at(next, () -> woken(next));
    }
  }

  private void woken(long at) {
    if (at != wakes) {
      return;
    }
    woken = false;
    if (sender.deadline() != Engine.NEVER && timeline.now() - sender.deadline() >= 0) {
      sender.tick(timeline.now());
    }
    work();
  }

  private void leave(int octets, PacketKind kind) {
    int sequence = sender.departing(octets, kind, timeline.now());
    sentOctets += octets;
    path.carry(octets, () -> feedback.arrivals().arrived(sequence, timeline.now()));
  }

  private void answer() {
    while (answers && feedback.arrivals().pending()) {
      RtcpWriter writer = new RtcpWriter().begin(buffer, 0, buffer.length);
      if (!feedback.write(writer, 1, 2)) {
        return;
      }
      byte[] answer = java.util.Arrays.copyOf(buffer, writer.length());
      timeline.after(back, () -> hear(answer));
    }
  }

  private void hear(byte[] answer) {
    RtcpReader.read(
        answer,
        0,
        answer.length,
        new RtcpVisitor() {
          @Override
          public void transportFeedback(int from, int to, byte[] octets, int at, int length) {
            sender.feedback(octets, at, length, timeline.now());
          }
        });
    work();
  }

  private void look() {
    double sent = 8e9 * sentOctets / LOOK.toNanos();
    sentOctets = 0;
    course.add(
        new PathCourse.Look(
            timeline.passed().toNanos() / 1e9,
            path.rate() - taken,
            sender.estimate(),
            sent,
            path.queueDelay().toNanos() / 1e6));
  }
}
