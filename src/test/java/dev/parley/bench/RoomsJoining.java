package dev.parley.bench;

import java.io.IOException;

/// What joining costs as a room grows: CPU milliseconds of the server for each who came, those for
/// the others' descriptions included.
final class RoomsJoining implements RoomsLoadProcess.Progress {
  private final long server;
  private long cpu;
  private long loadCpu;
  private long at = System.nanoTime();
  private int connected;

  RoomsJoining(long server, FanoutCpu before) {
    this.server = server;
    this.cpu = before.process();
  }

  @Override
  public void connected(long load, int now) throws IOException {
    long process = FanoutCpu.of(server).process();
    long loadProcess = FanoutCpu.of(load).process();
    long time = System.nanoTime();
    int more = now - connected;
    System.out.printf(
        "  %d to %d: %.0f ms of the server's CPU each, %.0f of the load client's, %.1f s%n",
        connected,
        now,
        (process - cpu) / 1e6 / more,
        (loadProcess - loadCpu) / 1e6 / more,
        (time - at) / 1e9);
    cpu = process;
    loadCpu = loadProcess;
    at = time;
    connected = now;
  }
}
