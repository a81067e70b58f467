package dev.parley.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A foreign program that runs beside a test; closing ends it and what it started, by process id.
/// What it says goes to a file, so that it never waits for a reader.
public final class Program implements AutoCloseable {
  private static final int LOOK_EVERY = 50;

  /// How a program ended and what it said on both outputs.
  ///
  /// @param status its exit status, or [#STILL_RUNNING]
  public record Outcome(int status, String said) {
    /// Stands for the status of a program that had to be ended.
    public static final int STILL_RUNNING = -1;
  }

  private final Process process;
  private final Path output;
  private final Thread hook = new Thread(this::end);

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// Starts a program that goes on until it is closed.
  public static Program start(List<String> command) {
    try {
      Path output = Files.createTempFile("parley-program", ".txt");
      Program program =
          new Program(
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectInput(Path.of("/dev/null").toFile())
                  .redirectOutput(output.toFile())
                  .start(),
              output);
      program.endWithThisProcess();
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endWithThisProcess() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it tidies up in the shutdown, and whoever started it waits for it
    }
  }

  /// Runs a program to its end, and ends it where it takes longer than it may.
  public static Outcome run(Duration limit, List<String> command) {
    try (Program program = start(command)) {
      boolean ended = program.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      int status = ended ? program.process.exitValue() : Outcome.STILL_RUNNING;
      return new Outcome(status, program.said());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// Runs a program that has to succeed.
  ///
  /// @return what it said
  public static String mustRun(List<String> command) {
    Outcome outcome = run(Duration.ofSeconds(30), command);
    if (outcome.status() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + outcome.said());
    }
    return outcome.said();
  }

  /// Waits until it has said some words.
  public void awaitWords(String words, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!said().contains(words)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("never said \"" + words + "\":\n" + said());
      }
      pause(LOOK_EVERY);
    }
  }

  /// All that it has said so far.
  public String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      Files.deleteIfExists(output);
    } catch (IllegalStateException e) {
      // the shutdown itself is what closes us
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    family.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : family) {
      for (int waited = 0; one.isAlive() && waited < 10_000; waited += LOOK_EVERY) {
        pause(LOOK_EVERY);
      }
      one.destroyForcibly();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
