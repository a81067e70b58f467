package dev.parley.lab;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that moves when it is told to.
public final class SettableClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-01-02T03:04:05.123456Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }
}
