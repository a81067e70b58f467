package dev.parley.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A network of its own for programs (network_namespaces(7)), with a loopback and nothing else
/// until something is added; closing removes it.
public final class Namespace implements AutoCloseable {
  /// The group of tests that `parley.tests.require` makes mandatory.
  public static final String GROUP = "namespaces";

  /// Where ip-netns(8) keeps the names.
  private static final Path NAMED = Path.of("/run/netns");

  /// Where ip-netns(8) finds the files that programs there see in place of those in `/etc`.
  private static final Path SETTINGS = Path.of("/etc/netns");

  private static final AtomicInteger MADE = new AtomicInteger();

  private final String name;
  private final boolean own;
  private final Thread hook = new Thread(this::remove);

  private Namespace(String name, boolean own) {
    this.name = name;
    this.own = own;
    if (own) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /// Makes one. The test is left out, loudly, where this process may not.
  public static Namespace make() {
    require();
    String name = unique();
    Program.Outcome added = ip("netns", "add", name);
    if (added.status() != 0) {
      return Foreign.absent("right to make network namespaces", GROUP);
    }
    var made = new Namespace(name, true);
    made.knowNoNames();
    Program.mustRun(List.of("ip", "-n", name, "link", "set", "lo", "up"));
    return made;
  }

  /// One that something else makes and removes.
  public static Namespace named(String name) {
    return new Namespace(name, false);
  }

  /// The network that this process is in itself.
  public static Namespace here() {
    return new Namespace("", false);
  }

  /// Leaves the test out, loudly, unless this process may make namespaces and packet filters.
  public static void require() {
    Foreign.program("ip", GROUP);
    Foreign.program("nft", GROUP);
    if (!isRoot()) {
      Foreign.absent("root, who alone makes network namespaces,", GROUP);
    }
  }

  /// A name that no other run on this machine has.
  static String unique() {
    return "pt%x-%x".formatted(ProcessHandle.current().pid(), MADE.incrementAndGet());
  }

  private static boolean isRoot() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /// A command that runs a program in this network.
  public List<String> command(List<String> program) {
    return name.isEmpty()
        ? program
        : Stream.concat(Stream.of("ip", "netns", "exec", name), program.stream()).toList();
  }

  public List<String> command(String... program) {
    return command(List.of(program));
  }

  /// Does something on a thread that is in this network. Sockets that are opened there stay there,
  /// whichever thread uses them.
  public <T> T inside(Callable<T> task) {
    FutureTask<T> entered =
        new FutureTask<>(
            () -> {
              if (!name.isEmpty()) {
                ThreadNamespace.enter(NAMED.resolve(name));
              }
              return task.call();
            });
    Thread.ofPlatform().daemon().start(entered);
    try {
      return entered.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("in network " + name, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public String name() {
    return name;
  }

  @Override
  public void close() {
    if (own) {
      remove();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the shutdown itself is what closes us
      }
    }
  }

  /// Whom this machine asks for names is not reached from there, and a browser waits long for
  /// answers: the loopback, which is asked where the file names nobody, refuses at once.
  private void knowNoNames() {
    try {
      Files.createDirectories(SETTINGS.resolve(name));
      Files.createFile(SETTINGS.resolve(name).resolve("resolv.conf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove() {
    ip("netns", "del", name);
    try {
      Files.deleteIfExists(SETTINGS.resolve(name).resolve("resolv.conf"));
      Files.deleteIfExists(SETTINGS.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Program.Outcome ip(String... arguments) {
    return Program.run(
        Duration.ofSeconds(10), Stream.concat(Stream.of("ip"), Stream.of(arguments)).toList());
  }
}
