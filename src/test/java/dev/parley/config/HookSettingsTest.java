package dev.parley.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.lab.MapConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookSettingsTest {
  private static HookSettings read(Map<String, String> values) {
    return HookSettings.read(new MapConfig(values));
  }

  @Test
  void nobodyIsToldByDefault() {
    var defaults =
        new HookSettings(List.of(), Optional.empty(), Duration.ofDays(1), Duration.ofDays(3));
    assertEquals(defaults, read(Map.of()));
    assertFalse(defaults.wanted());
  }

  @Test
  void readsWhatIsSet() {
    var settings =
        read(
            Map.of(
                "parley.webhook.urls", "https://a.test/x?secret=1, http://b.test:8080",
                "parley.webhook.key", "app",
                "parley.webhook.patience", "1",
                "parley.webhook.keep", "0"));
    assertEquals(
        new HookSettings(
            List.of(URI.create("https://a.test/x?secret=1"), URI.create("http://b.test:8080")),
            Optional.of("app"),
            Duration.ofHours(1),
            Duration.ZERO),
        settings);
    assertTrue(settings.wanted());
    assertFalse(settings.toString().contains("secret"));
  }

  @Test
  void refusesWhatIsNoUrlOfAReceiver() {
    for (var wrong :
        List.of(
            "ftp://a.test",
            "a.test",
            "https://",
            "https://me:pw@a.test/",
            "https://a.test/#top",
            "https://a.test,https://a.test",
            "https://a b.test",
            "https://a.test/" + "x".repeat(500))) {
      var refused =
          assertThrows(
              IllegalArgumentException.class, () -> read(Map.of("parley.webhook.urls", wrong)));
      assertFalse(refused.getMessage().contains("pw"), refused.getMessage());
    }
  }

  @Test
  void aNodeKeepsItsName(@TempDir Path directory) {
    var data = new DataSettings(directory);
    assertEquals(NodeName.of(data), NodeName.of(data));
    assertEquals(16, NodeName.of(data).text().length());
  }
}
