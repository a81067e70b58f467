package dev.parley.interop.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A program of ours that announces its port on its output, with a directory of its own; closing
/// ends it and what it started, by process id, and removes the directory.
final class BrowserProcess implements AutoCloseable {
  private static final long START_SECONDS = 60;

  private final Process process;
  private final Path directory;
  private final Thread hook = new Thread(this::end);

  private BrowserProcess(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  static Path directory(String prefix) {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts a program.
  ///
  /// @param directory where its data is; removed in the end
  static BrowserProcess start(Path directory, List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("MOZ_CRASHREPORTER_DISABLE", "1");
      builder.environment().put("HOME", directory.toString());
      builder.environment().put("TMPDIR", directory.toString());
      BrowserProcess started = new BrowserProcess(builder.start(), directory);
      Runtime.getRuntime().addShutdownHook(started.hook); // a test run that is stopped halfway
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The first group of the first line of output in which the pattern is found; what follows is
  /// read and dropped, so that the program never waits for a reader.
  ///
  /// @throws BrowserFailure where it ends or is silent; the program is gone then, its directory is
  ///   not
  String announced(Pattern pattern) {
    CompletableFuture<String> found = new CompletableFuture<>();
    // Not a virtual one: reading a pipe holds its carrier, and a few browsers would hold them all.
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (BufferedReader reader = process.inputReader()) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  Matcher matcher = pattern.matcher(line);
                  if (matcher.find()) {
                    found.complete(matcher.group(1));
                  }
                }
              } catch (IOException e) {
                found.completeExceptionally(e);
              }
              found.completeExceptionally(new IOException("ended without " + pattern));
            });
    try {
      return found.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      stop();
      forget();
      throw new BrowserFailure("the browser did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrowserFailure("interrupted", e);
    }
  }

  @Override
  public void close() {
    end();
    forget();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the shutdown itself is what closes us
    }
  }

  private void end() {
    stop();
    remove();
  }

  private void stop() {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    family.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : family) {
      try {
        one.onExit().get(3, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        one.destroyForcibly();
      } catch (InterruptedException e) {
        one.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private void remove() {
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      directory.toFile().deleteOnExit(); // a process was still writing
    }
  }
}
