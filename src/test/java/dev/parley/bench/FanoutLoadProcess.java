package dev.parley.bench;

import dev.parley.lab.Namespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [FanoutLoad] that runs in a server's network; closing ends it.
final class FanoutLoadProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final Writer commands;
  private final Thread hook;

  private FanoutLoadProcess(Process process) {
    this.process = process;
    this.said = process.inputReader();
    this.commands = process.outputWriter();
    this.hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Starts one and waits until all its receivers are connected.
  static FanoutLoadProcess start(Namespace where, String... what) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FanoutLoad.class.getName());
    command.addAll(List.of(what));
    var builder = new ProcessBuilder(where.command(command));
    var load =
        new FanoutLoadProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    String word = load.said.readLine();
    if (!"ready".equals(word)) {
      load.close();
      throw new IOException("the load client is not ready: " + word);
    }
    return load;
  }

  /// Has the source send.
  FanoutLoad.Outcome run(FanoutPattern pattern, double seconds, int speed) throws IOException {
    commands.write("%s %s %d%n".formatted(pattern, seconds, speed));
    commands.flush();
    String line = said.readLine();
    if (line == null) {
      throw new IOException("the load client has ended");
    }
    return FanoutLoad.Outcome.parse(line);
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
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
