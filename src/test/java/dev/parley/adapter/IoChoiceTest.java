package dev.parley.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.adapter.AdapterSettings.Preference;
import java.io.File;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Which twin is chosen.
class IoChoiceTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|aarch64")
  void linuxHasItsSystemCalls() {
    assertEquals("linux", IoChoice.of(Preference.AUTOMATIC).name());
  }

  @Test
  void settingsMayAskForNio() {
    assertEquals("nio", IoChoice.of(Preference.NIO).name());
  }

  @Test
  void anythingTheSelfTestThrowsLeadsToNio() {
    IoChoice refused =
        IoChoice.of(
            Preference.AUTOMATIC,
            () -> {
              throw new IllegalCallerException("denied");
            });
    assertEquals("nio", refused.name());
    assertEquals("no system calls: IllegalCallerException: denied", refused.reason());
    IoChoice broken =
        IoChoice.of(
            Preference.AUTOMATIC,
            () -> {
              throw new ExceptionInInitializerError(new UnsatisfiedLinkError("recvmmsg"));
            });
    assertEquals("no system calls: UnsatisfiedLinkError: recvmmsg", broken.reason());
  }

  @Test
  void deniedNativeAccessLeadsToNio() throws Exception {
    assertTrue(inOtherJvm("--illegal-native-access=deny").startsWith("nio "));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|aarch64")
  void systemCallsNeedNoIpv6OfTheJvm() throws Exception {
    String said =
        inOtherJvm("--enable-native-access=ALL-UNNAMED", "-Djava.net.preferIPv4Stack=true");
    assertTrue(said.startsWith("linux "), said);
    assertTrue(said.endsWith("up"), said);
  }

  @Test
  void nioWithoutIpv6ReportsThatListenerAndGoesOn() throws Exception {
    String said = inOtherJvm("--illegal-native-access=deny", "-Djava.net.preferIPv4Stack=true");
    assertTrue(said.startsWith("nio "), said);
    assertTrue(said.endsWith("failed"), said);
  }

  private static String inOtherJvm(String... options) throws Exception {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(System.getProperty("java.home") + File.separator + "bin/java");
    builder.command().addAll(java.util.List.of(options));
    builder.command().add("-cp");
    builder.command().add(System.getProperty("java.class.path"));
    builder.command().add(OtherJvm.class.getName());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return said.strip();
  }

  /// Says which twin it got and what became of an IPv6 listener.
  static final class OtherJvm {
    public static void main(String[] arguments) throws Exception {
      Service<String> service =
          Running.service(
              (loop, effects, tally) -> Running.echo(effects),
              java.util.List.of(Running.udp("127.0.0.1"), Running.udp("::1")));
      try (Running running = Running.start(Running.settings(Preference.AUTOMATIC), service)) {
        boolean up =
            running.adapter.listeners().get(1) instanceof dev.parley.media.MediaEvent.ListenerUp;
        System.out.println(running.adapter.io().name() + " " + (up ? "up" : "failed"));
      }
    }
  }
}
