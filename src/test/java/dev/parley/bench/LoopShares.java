package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// What the CPU time of event loops goes into, by a recording of the server: `LoopShares FILE.jfr`.
///
/// The recording: `-XX:StartFlightRecording:filename=FILE.jfr,jdk.CPUTimeSample#enabled=true` (JDK
/// 25 on Linux) among the settings of [RoomsBench]. A sample counts for the first of the shares
/// that any of its frames belongs to.
public final class LoopShares {
  private static final String OURS = "dev.parley.";

  /// A share: frames of methods whose names, as `package.Class.method`, begin like one of these.
  private record Share(String name, List<String> begins) {
    boolean has(String method) {
      return begins.stream().anyMatch(begin -> method.startsWith(OURS + begin));
    }
  }

  // Protecting a packet is called by what paces it, so it comes first.
  private static final List<Share> SHARES =
      List.of(
          new Share("SRTP", List.of("protocol.srtp.")),
          new Share("to the kernel", List.of("adapter.linux.", "adapter.nio.", "adapter.io.")),
          new Share(
              "estimate, pacing, allocation",
              List.of(
                  "engine.congestion.",
                  "engine.peer.Departures",
                  "engine.peer.Holding",
                  "engine.peer.Turns",
                  "engine.peer.Flow",
                  "engine.sfu.Downlink",
                  "engine.sfu.Demand")),
          new Share(
              "between loops", List.of("engine.cascade.", "adapter.Passage", "adapter.Neigh")),
          new Share("control packets", List.of("engine.peer.Reports", "protocol.rtcp.")),
          new Share("forwarding", List.of("engine.sfu.", "engine.peer.", "protocol.rtp.")),
          new Share("the rest", List.of("")));

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
        && event.getThread("eventThread") != null
        && event.getThread("eventThread").getOSName().startsWith("parley-loop");
  }

  private static String share(RecordedEvent event) {
    if (event.getStackTrace() == null) {
      return "no stack";
    }
    List<String> methods =
        event.getStackTrace().getFrames().stream().map(LoopShares::named).toList();
    return SHARES.stream()
        .filter(share -> methods.stream().anyMatch((Predicate<String>) share::has))
        .findFirst()
        .map(Share::name)
        .orElse("not ours");
  }

  private static String named(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }
}
