package dev.parley.config;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/// Who may connect from where, and how long a lost socket is waited for.
///
/// @param origins pages that may connect
/// @param resume how long a participant stays after its socket was lost
/// @param heartbeat within which a client must send something
/// @param rate messages a second one socket may send
public record SignalSettings(Origins origins, Duration resume, Duration heartbeat, int rate) {
  public SignalSettings {
    if (resume.isNegative() || resume.toSeconds() > 3600) {
      throw Key.SIGNAL_RESUME.refused("must be 0 to 3600 seconds");
    }
    if (heartbeat.toSeconds() < 1 || heartbeat.toSeconds() > 3600) {
      throw Key.SIGNAL_HEARTBEAT.refused("must be 1 to 3600 seconds");
    }
    if (rate < 1 || rate > 1_000_000) {
      throw Key.SIGNAL_RATE.refused("must be 1 to 1000000: " + rate);
    }
  }

  public static SignalSettings read(Config config) {
    Set<String> origins =
        Key.ORIGINS.in(config).stream()
            .flatMap(list -> Stream.of(list.split(",")))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .collect(Collectors.toSet());
    return new SignalSettings(
        new Origins(origins),
        Duration.ofSeconds(Key.SIGNAL_RESUME.number(config)),
        Duration.ofSeconds(Key.SIGNAL_HEARTBEAT.number(config)),
        Key.SIGNAL_RATE.number(config));
  }
}
