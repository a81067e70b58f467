package dev.parley.adapter;

import dev.parley.adapter.io.LoopIo;
import dev.parley.adapter.linux.LinuxSelfTest;
import dev.parley.adapter.nio.NioIo;
import java.util.concurrent.Callable;

/// Which twin serves the sockets, and why.
///
/// @param name `linux` or `nio`
/// @param reason one clause for the log
public record IoChoice(String name, String reason, LoopIo.Factory factory) {

  /// Chooses by the wish and the self-test of this machine.
  public static IoChoice of(AdapterSettings.Preference wish) {
    return of(wish, LinuxSelfTest::run);
  }

  /// Chooses by a given self-test. Whatever it throws is an answer: no native access is an
  /// exception, a C library without a function an error while a class is initialised.
  static IoChoice of(AdapterSettings.Preference wish, Callable<LinuxSelfTest.Passed> selfTest) {
    if (wish == AdapterSettings.Preference.NIO) {
      return new IoChoice("nio", "by the settings", NioIo::new);
    }
    try {
      LinuxSelfTest.Passed passed = selfTest.call();
      String segments = passed.segments() ? "with" : "without";
      return new IoChoice(
          "linux", "the self-test passed, " + segments + " UDP_SEGMENT", passed.factory());
    } catch (Throwable t) {
      return new IoChoice("nio", "no system calls: " + words(t), NioIo::new);
    }
  }

  private static String words(Throwable t) {
    Throwable first = t;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first.getClass().getSimpleName() + ": " + first.getMessage();
  }
}
