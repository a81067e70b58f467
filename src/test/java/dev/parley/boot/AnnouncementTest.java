package dev.parley.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
  private static final Path DATA = Path.of("/srv/parley");

  @Test
  void theFirstStartShowsThePassword() {
    var first =
        new Announcement(
            List.of("http://localhost:8080/"),
            "abcd-efgh",
            List.of("192.0.2.1:3478 (udp, tcp)", "[::1]:3478 (udp, tcp)"),
            List.of(),
            DATA,
            "2 by linux, the self-test passed");
    assertEquals(
        """

        Parley is serving
          open      http://localhost:8080/
          sign in   admin / abcd-efgh   (shown only this once)
          STUN      192.0.2.1:3478 (udp, tcp)
          STUN      [::1]:3478 (udp, tcp)
          loops     2 by linux, the self-test passed
          data      /srv/parley
          stop      Ctrl+C
        """,
        first.text());
  }

  @Test
  void laterStartsShowNoPasswordAndEveryTrouble() {
    var later =
        new Announcement(
            List.of(),
            null,
            List.of(),
            List.of("udp 0.0.0.0:3478: address already in use"),
            DATA,
            "1 by nio, by the settings");
    assertFalse(later.text().contains("sign in"));
    assertEquals(
        1, later.text().lines().filter(line -> line.strip().startsWith("trouble")).count());
  }
}
