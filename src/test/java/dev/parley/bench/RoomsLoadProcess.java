package dev.parley.bench;

import dev.parley.lab.Namespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A [RoomsLoad] that runs in a server's network; closing ends it.
final class RoomsLoadProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final Writer commands;
  private final Thread hook;

  private RoomsLoadProcess(Process process) {
    this.process = process;
    this.said = process.inputReader();
    this.commands = process.outputWriter();
    this.hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Hears how far the joining is.
  interface Progress {
    /// @param connected so many people of the load client that has this process id
    void connected(long load, int connected) throws IOException;
  }

  /// Nobody wants to know how far it is.
  static final Progress UNTOLD = (load, connected) -> {};

  /// Starts one and waits until everybody gets everything.
  static RoomsLoadProcess start(Namespace where, List<String> what, Progress progress)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx2g", "-XX:+UseSerialGC"));
    command.addAll(List.of("-Xmn600m", "-cp", System.getProperty("java.class.path")));
    command.add(RoomsLoad.class.getName());
    command.addAll(what);
    var builder = new ProcessBuilder(where.command(command));
    var load = new RoomsLoadProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    String word = load.said.readLine();
    while (word != null && word.startsWith("connected ")) {
      progress.connected(load.pid(), Integer.parseInt(word.substring(10)));
      word = load.said.readLine();
    }
    if (word == null || !word.startsWith("ready")) {
      load.close();
      throw new IOException("the load client is not ready: " + word);
    }
    System.out.println("  " + word);
    return load;
  }

  long pid() {
    return process.pid();
  }

  /// Lets it go on for so long; what it has seen, by name.
  Map<String, Double> run(double seconds) throws IOException {
    commands.write(seconds + "\n");
    commands.flush();
    String line = said.readLine();
    if (line == null || line.startsWith("failed")) {
      throw new IOException("the load client has ended: " + line);
    }
    return RoomsCrowd.parse(line);
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IOException | IllegalStateException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
