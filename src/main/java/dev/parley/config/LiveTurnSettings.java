package dev.parley.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;

/// The TURN settings as they hold now; they alone are read again while the server runs.
@ApplicationScoped
public class LiveTurnSettings {
  private final Supplier<TurnSettings> source;
  private volatile TurnSettings now;

  /// What a reload found.
  ///
  /// @param changed keys that hold as they are set now
  /// @param restart keys that were changed, too, but hold only after a restart
  public record Reload(List<String> changed, List<String> restart) {
    public Reload {
      changed = List.copyOf(changed);
      restart = List.copyOf(restart);
    }
  }

  /// From MicroProfile Config.
  @Inject
  public LiveTurnSettings() {
    // By class loader, since a reload may come on any thread.
    this(
        () -> TurnSettings.read(ConfigProvider.getConfig(LiveTurnSettings.class.getClassLoader())));
  }

  /// From elsewhere.
  public LiveTurnSettings(Supplier<TurnSettings> source) {
    this.source = source;
  }

  /// The settings that hold; read at the first call.
  public TurnSettings now() {
    TurnSettings held = now;
    return held != null ? held : first();
  }

  private synchronized TurnSettings first() {
    if (now == null) {
      now = source.get();
    }
    return now;
  }

  /// Reads the settings again. What sockets were bound by stays as it was.
  ///
  /// @throws IllegalArgumentException where they are refused; the old ones hold on
  public synchronized Reload reload() {
    TurnSettings before = now();
    TurnSettings read = source.get();
    List<TurnChange> changes = TurnChange.between(before, read);
    now = read.boundAs(before);
    return new Reload(keys(changes, false), keys(changes, true));
  }

  private static List<String> keys(List<TurnChange> changes, boolean restart) {
    return changes.stream()
        .filter(change -> change.restart() == restart)
        .map(change -> change.key().key())
        .toList();
  }
}
