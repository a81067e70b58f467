package dev.parley.door.json;

import dev.parley.config.Origins;
import dev.parley.config.SignalSettings;
import dev.parley.signal.Signaling;
import dev.parley.socket.TyrusCut;
import dev.parley.socket.TyrusIdleTimer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// What all sockets of the JSON door share.
@ApplicationScoped
public class JsonDoor {
  private final Signaling signaling;
  private final Origins origins;
  private final TyrusIdleTimer timer;
  private final TyrusCut cut = new TyrusCut();

  /// For the container's proxy only.
  protected JsonDoor() {
    signaling = null;
    origins = null;
    timer = null;
  }

  @Inject
  public JsonDoor(Signaling signaling, SignalSettings settings) {
    this.signaling = signaling;
    this.origins = settings.origins();
    this.timer = new TyrusIdleTimer();
  }

  /// Ends the timer with the application.
  @PreDestroy
  public void stop() {
    timer.shutdownNow();
  }

  Signaling signaling() {
    return signaling;
  }

  Origins origins() {
    return origins;
  }

  TyrusIdleTimer timer() {
    return timer;
  }

  TyrusCut cut() {
    return cut;
  }
}
