package dev.parley.bench;

import dev.parley.lab.TurnHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/// A [TurnLoadClient] process that holds allocations until it is told to end them.
final class HeldAllocations implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  /// Returns when all of them are there.
  HeldAllocations(TurnHost server, int count) throws IOException {
    List<String> command = TurnBench.command(server, "hold", Integer.toString(count));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    said = process.inputReader();
    await("held=" + count);
  }

  /// Ends them and returns when the server has said yes to each.
  void release() throws IOException {
    process.outputWriter().append('\n').flush();
    await("released=");
  }

  private void await(String words) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(words)) {
        return;
      }
      all.append(line).append('\n');
    }
    throw new IOException("the load client ended: " + all);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
