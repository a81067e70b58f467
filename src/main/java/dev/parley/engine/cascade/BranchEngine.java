package dev.parley.engine.cascade;

import dev.parley.engine.Engine;
import dev.parley.engine.sfu.SfuEngine;
import dev.parley.media.MediaCommand;
import dev.parley.wire.FiveTuple;

/// An [SfuEngine] whose rooms may have branches on other loops. Confined to its loop.
public final class BranchEngine implements Engine {
  private final SfuEngine engine;
  private final Cascade cascade;

  /// @param cascade that the engine was made with
  public BranchEngine(SfuEngine engine, Cascade cascade) {
    this.engine = engine;
    this.cascade = cascade;
  }

  /// Takes a note of another loop.
  public void told(int from, Note note, long now) {
    engine.branched(() -> cascade.told(from, note, now), now);
  }

  /// Hot: takes a packet of another loop.
  ///
  /// @param octets valid during the call
  public void carried(Label label, byte[] octets, int at, int length, long now) {
    engine.turn(now);
    cascade.carried(label, octets, at, length, now);
  }

  @Override
  public void receive(byte[] octets, int at, int length, FiveTuple path, long now) {
    engine.receive(octets, at, length, path, now);
  }

  @Override
  public void drained(long now) {
    engine.drained(now);
  }

  @Override
  public void closed(FiveTuple path, long now) {
    engine.closed(path, now);
  }

  @Override
  public void command(MediaCommand command, long now) {
    engine.command(command, now);
  }

  @Override
  public void tick(long now) {
    engine.tick(now);
  }

  @Override
  public void load(double busy, long late, long now) {
    engine.load(busy, late, now);
  }

  @Override
  public long deadline() {
    return engine.deadline();
  }
}
