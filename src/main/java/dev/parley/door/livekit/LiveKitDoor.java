package dev.parley.door.livekit;

import dev.parley.config.ListenSettings;
import dev.parley.identity.Grant;
import dev.parley.identity.TokenRefused;
import dev.parley.identity.Tokens;
import dev.parley.signal.Signaling;
import dev.parley.socket.Outlet;
import dev.parley.socket.TyrusCut;
import dev.parley.socket.TyrusIdleTimer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;

/// What all sockets of this door share.
@ApplicationScoped
public class LiveKitDoor {
  private final Signaling signaling;
  private final Tokens tokens;
  private final InstantSource clock;
  private final ListenSettings listen;
  private final TyrusIdleTimer timer;
  private final TyrusCut cut = new TyrusCut();

  /// For the container's proxy only.
  protected LiveKitDoor() {
    signaling = null;
    tokens = null;
    clock = null;
    listen = null;
    timer = null;
  }

  @Inject
  public LiveKitDoor(
      Signaling signaling, Tokens tokens, InstantSource clock, ListenSettings listen) {
    this.signaling = signaling;
    this.tokens = tokens;
    this.clock = clock;
    this.listen = listen;
    this.timer = new TyrusIdleTimer();
  }

  /// Ends the timer with the application.
  @PreDestroy
  public void stop() {
    timer.shutdownNow();
  }

  TyrusIdleTimer timer() {
    return timer;
  }

  TyrusCut cut() {
    return cut;
  }

  /// What a client's token allows, with the one room it is for.
  ///
  /// @throws TokenRefused where it cannot come in by this door
  Grant grant(String token) throws TokenRefused {
    if (token == null || token.isBlank()) {
      throw new TokenRefused(TokenRefused.Reason.MISSING, "an access token is needed");
    }
    Grant grant = tokens.verify(token);
    if (!grant.roomJoin() || grant.room() == null) {
      throw new TokenRefused(
          TokenRefused.Reason.NOT_GRANTED, "the token must allow to join and name a room");
    }
    return grant;
  }

  Caller caller(Outlet outlet, Arrival arrival, Grant grant) {
    var refresher = new Refresher(tokens::mint, clock, grant);
    return new Caller(signaling, outlet, arrival, grant.room(), refresher, listen.dev());
  }
}
