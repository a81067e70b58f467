package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/// What the CPU time of event loops goes into, by a recording of the server: `LoopShares FILE.jfr`.
///
/// The recording: `-XX:StartFlightRecording:filename=FILE.jfr,jdk.CPUTimeSample#enabled=true` (JDK
/// 25 on Linux) among the settings of [RoomsBench]. A sample counts for the innermost of its frames
/// that belongs to a share; but all that congestion control calls counts for that.
public final class LoopShares {
  private static final String OURS = "dev.parley.";
  private static final String CONGESTION = "engine.congestion.";

  /// A share: frames of methods whose names, as `package.Class.method`, begin like one of these.
  private record Share(String name, List<String> begins) {
    boolean has(String method) {
      return begins.stream().anyMatch(begin -> method.startsWith(OURS + begin));
    }
  }

  private static final List<Share> SHARES =
      List.of(
          new Share(
              "estimate, pacing, allocation",
              List.of(
                  CONGESTION,
                  "engine.peer.Departures",
                  "engine.peer.Holding",
                  "engine.peer.Turns",
                  "engine.peer.Flow",
                  "engine.sfu.Downlink",
                  "engine.sfu.Demand")),
          new Share("SRTP", List.of("protocol.srtp.")),
          new Share(
              "to and from the kernel",
              List.of("adapter.linux.", "adapter.nio.", "adapter.io.", "adapter.Outlets")),
          new Share(
              "between loops", List.of("engine.cascade.", "adapter.Passage", "adapter.Neigh")),
          new Share("control packets", List.of("engine.peer.Reports", "protocol.rtcp.")),
          new Share("timers", List.of("engine.Timers")),
          new Share("forwarding", List.of("engine.sfu.", "engine.peer.", "protocol.rtp.")),
          new Share("the rest", List.of("engine.", "adapter.", "protocol.", "boot.")));

  /// Of a loop's thread; the second is what its executor calls it until it runs, which is what a
  /// recording may keep.
  private static final Pattern NAMES = Pattern.compile("^parley-loop-|/loops-Thread-");

  private LoopShares() {}

  public static void main(String[] args) throws IOException {
    Map<String, Integer> samples = new TreeMap<>();
    int all = 0;
    try (var recording = new RecordingFile(Path.of(args[0]))) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (ofLoop(event)) {
          samples.merge(share(event), 1, Integer::sum);
          all++;
        }
      }
    }
    int total = all;
    System.out.printf("%d samples of loops%n", total);
    samples.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(
            one ->
                System.out.printf("%5.1f %% %s%n", 100.0 * one.getValue() / total, one.getKey()));
  }

  private static boolean ofLoop(RecordedEvent event) {
    return event.getEventType().getName().equals("jdk.CPUTimeSample")
        && NAMES.matcher(name(event.getThread("eventThread"))).find();
  }

  private static String name(RecordedThread thread) {
    return thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
  }

  private static String share(RecordedEvent event) {
    if (event.getStackTrace() == null) {
      return "no stack";
    }
    List<String> methods =
        event.getStackTrace().getFrames().stream().map(LoopShares::named).toList();
    if (methods.stream().anyMatch(method -> method.startsWith(OURS + CONGESTION))) {
      return SHARES.getFirst().name();
    }
    return methods.stream()
        .flatMap(method -> SHARES.stream().filter(share -> share.has(method)).limit(1))
        .findFirst()
        .map(Share::name)
        .orElse("not ours");
  }

  private static String named(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }
}
